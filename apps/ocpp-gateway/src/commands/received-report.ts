import { type Instant, type StationId } from '@voltledger/kernel';
import { type Exchange, type Exchanges } from '@voltledger/ocpp';

/** A report of a station, read and checked, with what it came in. */
export interface ReceivedReport<Kind extends Exchange> {
  readonly stationId: StationId;
  readonly report: Exchanges[Kind]['report'];
  readonly arrivedAt: Instant;
  /** OCPP message id of the call. */
  readonly callId: string;
  readonly action: string;
  readonly payload: object;
  /** Hash of action and payload: equal reports are one fact, whatever their message ids. */
  readonly fingerprint: string;
}
