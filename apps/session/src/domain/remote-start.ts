import { type Authorization, type ChargingPlace, sessionEvents } from '@voltledger/contracts';
import { type Decider, type Instant, type SessionId, type StationId } from '@voltledger/kernel';
import { type RemoteStartEvent } from './session-event';
import { type StopOutcome } from './session-command';

export type StartRefusal = Extract<RemoteStartEvent, { type: 'StartRefused' }>['data']['reason'];

export type RemoteStartCommand = { readonly startId: string; readonly at: Instant } & (
  | {
      readonly type: 'RequestStart';
      readonly remoteStartId: number;
      readonly stationId: StationId;
      readonly place: ChargingPlace;
      readonly authorization: Authorization;
      readonly until: Instant;
    }
  | { readonly type: 'RefuseStart'; readonly reason: StartRefusal }
  | { readonly type: 'RecordStartAnswer'; readonly outcome: StopOutcome }
  | { readonly type: 'FulfilStart'; readonly sessionId: SessionId }
  | { readonly type: 'ExpireStart' }
);

export type RemoteStart =
  | { readonly status: 'none' | 'requested' | 'accepted' | 'refused' | 'expired' }
  | { readonly status: 'fulfilled'; readonly sessionId: SessionId };

/**
 * Somebody else than the driver at the station wants a session to start. The station's promise is
 * no start (OCPP-1.6-TX-14, 2.0.1-TX-15); and a transaction may come although it never answered.
 */
export const remoteStart: Decider<RemoteStart, RemoteStartCommand, RemoteStartEvent> = {
  category: 'start',
  schemaVersion: sessionEvents.schemaVersion,
  stateVersion: 1,
  initial: { status: 'none' },
  decide,
  evolve,
  upcast: sessionEvents.upcast,
};

function decide(command: RemoteStartCommand, { status }: RemoteStart): RemoteStartEvent[] {
  switch (command.type) {
    case 'RequestStart':
    case 'RefuseStart':
      return status === 'none' ? [wanted(command)] : [];
    case 'RecordStartAnswer':
      return status === 'requested' ? [answered(command)] : [];
    case 'FulfilStart':
      return fulfil(command, status);
    case 'ExpireStart':
      return isWaiting(status) ? [expired(command)] : [];
  }
}

type Only<Type extends RemoteStartCommand['type']> = Extract<RemoteStartCommand, { type: Type }>;

function wanted(command: Only<'RequestStart' | 'RefuseStart'>): RemoteStartEvent {
  if (command.type === 'RefuseStart') return refused(command, command.reason);
  const { type: _type, ...data } = command;
  return { type: 'StartRequested', data };
}

const answered = (command: Only<'RecordStartAnswer'>): RemoteStartEvent =>
  command.outcome === 'accepted' ? accepted(command) : refused(command, command.outcome);

const isWaiting = (status: RemoteStart['status']): boolean =>
  status === 'requested' || status === 'accepted';

const expired = ({ startId, at }: Told): RemoteStartEvent => ({
  type: 'StartExpired',
  data: { startId, at },
});

type Told = Pick<RemoteStartCommand, 'startId' | 'at'>;

const accepted = ({ startId, at }: Told): RemoteStartEvent => ({
  type: 'StartAccepted',
  data: { startId, at },
});

const refused = ({ startId, at }: Told, reason: StartRefusal): RemoteStartEvent => ({
  type: 'StartRefused',
  data: { startId, reason, at },
});

/** The transaction may be faster than the answer, which then goes without saying. */
function fulfil(
  { startId, sessionId, at }: Only<'FulfilStart'>,
  status: RemoteStart['status'],
): RemoteStartEvent[] {
  if (status === 'none' || status === 'fulfilled') return [];
  const fulfilled: RemoteStartEvent = { type: 'StartFulfilled', data: { startId, sessionId, at } };
  return status === 'requested' ? [accepted({ startId, at }), fulfilled] : [fulfilled];
}

function evolve(state: RemoteStart, event: RemoteStartEvent): RemoteStart {
  switch (event.type) {
    case 'StartRequested':
      return { status: 'requested' };
    case 'StartAccepted':
      return { status: 'accepted' };
    case 'StartRefused':
      return { status: 'refused' };
    case 'StartExpired':
      return { status: 'expired' };
    case 'StartFulfilled':
      return { status: 'fulfilled', sessionId: event.data.sessionId };
  }
}
