import { type DomainError } from '@voltledger/kernel';
import { type OutboundCall } from '@voltledger/ocpp';
import {
  actionUnknown,
  answerInvalid,
  callOutcomeUnknown,
  callQueueFull,
  callRefused,
  callTimedOut,
  payloadInvalid,
  stationLost,
  stationNotAccepted,
} from '../domain/errors';
import { type CallEnd } from '../outbound/calls-table';

type Failure = Exclude<CallEnd, { kind: 'answered' }>;

type Refusals = {
  readonly [Kind in Failure['kind']]: (
    end: Extract<Failure, { kind: Kind }>,
    call: OutboundCall,
  ) => DomainError;
};

const refusals: Refusals = {
  error: ({ code, description, details }) => callRefused({ code, description, details }),
  timeout: callTimedOut,
  disconnected: ({ sent }) => (sent ? callOutcomeUnknown() : stationLost()),
  queueFull: callQueueFull,
  invalidAnswer: ({ path, rule }) => answerInvalid({ path, rule }),
  unknownAction: ({ version }, { action }) => actionUnknown(action, version),
  invalidPayload: ({ path, rule }) => payloadInvalid({ path, rule }),
  notAccepted: ({ registration }) => stationNotAccepted(registration),
};

/** @throws DomainError for every end but an answer. */
export function answered(call: OutboundCall, end: CallEnd): unknown {
  if (end.kind === 'answered') return end.payload;
  // The table has the right function for each kind; the union only hides that.
  const refusal = refusals[end.kind] as (end: Failure, call: OutboundCall) => DomainError;
  throw refusal(end, call);
}
