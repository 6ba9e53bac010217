import { Inject, Injectable } from '@nestjs/common';
import { type StationEvent } from '@voltledger/contracts';
import { type Clock, type StationId, type Transaction } from '@voltledger/kernel';
import { isAccepted, statusOf } from '@voltledger/ocpp';
import { CLOCK, derivedUuid } from '@voltledger/platform';
import { type CallEnd } from '../outbound/calls-table';
import { StationEvents } from '../outbound/station-events';

type Answered = Extract<StationEvent, { type: 'CommandAnswered' }>['data'];
export type CommandResult = Pick<Answered, 'outcome' | 'detail'>;

export type ToldStatus = Omit<Extract<StationEvent, { type: 'OpenReportsTold' }>['data'], 'at'>;

export interface Ordered {
  readonly stationId: StationId;
  readonly commandId: string;
}

/** Tells the session service how its orders went; one message for each, whoever tells it. */
@Injectable()
export class CommandAnswers {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly events: StationEvents,
  ) {}

  publishStatus(status: ToldStatus, correlationId: string, tx: Transaction): Promise<void> {
    const data = { ...status, at: this.clock() };
    const id = derivedUuid('command-answered', status.commandId);
    return this.events.publish({ type: 'OpenReportsTold', data }, { id, correlationId }, tx);
  }

  publish(
    { stationId, commandId }: Ordered,
    result: CommandResult,
    correlationId: string,
    tx?: Transaction,
  ): Promise<void> {
    const data = { stationId, commandId, ...result, at: this.clock() };
    const id = derivedUuid('command-answered', commandId);
    return this.events.publish({ type: 'CommandAnswered', data }, { id, correlationId }, tx);
  }
}

type Results = {
  readonly [Kind in CallEnd['kind']]: (end: Extract<CallEnd, { kind: Kind }>) => CommandResult;
};

const results: Results = {
  answered: ({ payload }) =>
    isAccepted(payload)
      ? { outcome: 'accepted' }
      : { outcome: 'rejected', detail: statusOf(payload) },
  error: ({ code }) => ({ outcome: 'error', detail: code }),
  timeout: () => ({ outcome: 'timeout' }),
  disconnected: ({ sent }) => ({ outcome: sent ? 'unknown' : 'offline' }),
  queueFull: () => ({ outcome: 'error', detail: 'too many calls wait for this station' }),
  notAccepted: ({ registration }) => ({
    outcome: 'rejected',
    detail: `the station is ${registration}`,
  }),
  unknownAction: () => ({ outcome: 'error', detail: 'the station has no such action' }),
  invalidPayload: ({ path, rule }) => ({ outcome: 'error', detail: `payload ${path}: ${rule}` }),
  invalidAnswer: ({ path, rule }) => ({ outcome: 'error', detail: `answer ${path}: ${rule}` }),
};

/** An end in the words of the contract. */
export const resultOf = (end: CallEnd): CommandResult =>
  (results[end.kind] as (end: CallEnd) => CommandResult)(end);
