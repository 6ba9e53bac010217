import {
  type ChargingPlace,
  type ChargingState,
  type Reading,
  type StationEvent,
  type TokenRef,
} from '@voltledger/contracts';
import { type Instant, type SessionId, type StationId } from '@voltledger/kernel';

/** What the station told, as far as it goes into the event. */
export interface Told {
  readonly phase: 'started' | 'updated' | 'ended';
  readonly seqNo?: number;
  readonly reportedAt: Instant;
  readonly token?: TokenRef;
  readonly chargingState?: ChargingState;
  readonly remoteStartId?: number;
  readonly reservationId?: number;
  readonly reason?: string;
}

/** What we know besides. */
export interface Context {
  readonly stationId: StationId;
  readonly sessionId: SessionId;
  readonly transactionId: string;
  readonly fingerprint: string;
  readonly arrivedAt: Instant;
  readonly frame: string;
  readonly offline: boolean;
  readonly place?: ChargingPlace;
  readonly readings: readonly Reading[];
  readonly authorizationRequestId?: string;
}

type TransactionEvent = Extract<
  StationEvent,
  { type: 'TransactionStarted' | 'TransactionUpdated' | 'TransactionEnded' }
>;

export const eventTypes = {
  started: 'TransactionStarted',
  updated: 'TransactionUpdated',
  ended: 'TransactionEnded',
} as const;

export function transactionEvent(told: Told, context: Context): TransactionEvent {
  const { phase, reason = 'Local', ...rest } = told;
  const data = {
    ...context,
    readings: [...context.readings],
    reportedAt: rest.reportedAt,
    ...(rest.seqNo !== undefined && { seqNo: rest.seqNo }),
    ...(rest.token && { token: rest.token }),
    ...(rest.chargingState && { chargingState: rest.chargingState }),
    ...(rest.remoteStartId !== undefined && { remoteStartId: rest.remoteStartId }),
    ...(rest.reservationId !== undefined && { reservationId: rest.reservationId }),
  };
  if (phase === 'ended') return { type: eventTypes.ended, data: { ...data, reason } };
  return { type: eventTypes[phase], data };
}
