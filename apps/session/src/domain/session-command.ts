import {
  type Authorization,
  type ChargingState,
  type Price,
  type Refusal,
  type StationEvent,
  type Tariff,
  type TransactionReport,
} from '@voltledger/contracts';
import { type Instant, type MilliWattHours, type SessionId } from '@voltledger/kernel';
import { type ChargingEvent } from './session-event';

/** A station's report about a transaction, with what we found out about its token. */
export interface StationReport {
  readonly kind: 'started' | 'updated' | 'ended';
  readonly report: TransactionReport;
  /** Of an end; the station's own word. */
  readonly reason?: string;
  readonly authorization?: Authorization;
  readonly refusal?: Refusal;
  /** What was found out about the signed records in the report. */
  readonly verdicts?: readonly SignedVerdict[];
  /** The remote start this transaction fulfils. */
  readonly startId?: string;
}

type Examined = Extract<
  ChargingEvent,
  { type: 'SignedDataVerified' | 'SignedDataRejected' }
>['data'];
/** A verdict on one signed record, by the hash of its text. */
export type SignedVerdict = Omit<Examined, 'sessionId' | 'measuredAt'>;

export type StopOutcome = Extract<StationEvent, { type: 'CommandAnswered' }>['data']['outcome'];
export type EstimateBasis = Extract<
  ChargingEvent,
  { type: 'SessionClosedByEstimate' }
>['data']['basis'];

export type SessionCommand = { readonly sessionId: SessionId } & (
  | ({ readonly type: 'TakeReport' } & StationReport)
  | { readonly type: 'AuthorizeSession'; readonly authorization: Authorization }
  | { readonly type: 'ChangeChargingState'; readonly state: ChargingState; readonly at: Instant }
  | { readonly type: 'AttachTariff'; readonly tariff: Tariff; readonly contentHash: string }
  | {
      readonly type: 'RecordCost';
      readonly total: Price;
      readonly energy: MilliWattHours;
      readonly rules: string;
      readonly at: Instant;
    }
  | {
      readonly type: 'RequestStop';
      readonly commandId: string;
      readonly by: string;
      readonly at: Instant;
      readonly until: Instant;
    }
  | {
      readonly type: 'RecordStopAnswer';
      readonly commandId: string;
      readonly outcome: StopOutcome;
      readonly at: Instant;
    }
  /** The same records, examined anew: a key was registered meanwhile. */
  | {
      readonly type: 'TakeVerdicts';
      readonly verdicts: readonly (SignedVerdict & { readonly measuredAt: Instant })[];
    }
  /** Waited long enough: reports that arrived before this moment are taken, whatever is missing. */
  | { readonly type: 'CloseGap'; readonly arrivedBefore: Instant }
  /** Only when nothing was heard of the session after `silentSince`. */
  | {
      readonly type: 'CloseByEstimate';
      readonly basis: EstimateBasis;
      readonly silentSince: Instant;
    }
);

export type Only<Type extends SessionCommand['type']> = Extract<SessionCommand, { type: Type }>;
