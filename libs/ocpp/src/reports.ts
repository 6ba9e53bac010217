import {
  type ChargingState,
  type EvseStatus,
  type Reading,
  type SignedMeterData,
  type StationCommand,
  type TokenRef,
} from '@voltledger/contracts';
import { type Instant, type MilliWattHours } from '@voltledger/kernel';

/** What a station says and gets back, in one shape for all versions. */
export interface Exchanges {
  readonly boot: { report: BootReport; answer: BootAnswer };
  readonly heartbeat: { report: object; answer: { readonly now: Instant } };
  readonly status: { report: StatusReport; answer: object };
  readonly authorize: { report: AuthorizeReport; answer: { readonly verdict: Verdict } };
  readonly transaction: { report: TransactionReport; answer: TransactionAnswer };
  readonly meterValues: { report: MeterReport; answer: object };
  /** Kept and shown; nothing else depends on it. */
  readonly notice: { report: NoticeReport; answer: object };
  readonly vendorData: { report: VendorDataReport; answer: VendorDataAnswer };
}

export type Exchange = keyof Exchanges;

export interface BootReport {
  readonly vendor: string;
  readonly model: string;
  readonly serialNumber?: string;
  readonly firmwareVersion?: string;
  readonly reason?: string;
  readonly iccid?: string;
  readonly imsi?: string;
  readonly meterType?: string;
  readonly meterSerialNumber?: string;
}

export const registrations = ['accepted', 'pending', 'rejected'] as const;
export type Registration = (typeof registrations)[number];

export interface BootAnswer {
  readonly registration: Registration;
  readonly now: Instant;
  /** Between heartbeats when accepted, else until the next attempt. Never 0. */
  readonly intervalSeconds: number;
}

export interface StatusReport {
  /** 0: the station as a whole. */
  readonly evse: number;
  /** 0: the EVSE as a whole. */
  readonly connector: number;
  readonly status: EvseStatus;
  /** The station's own word. */
  readonly reported: string;
  readonly at?: Instant;
  /** What this tells of a transaction that runs there. */
  readonly chargingState?: ChargingState;
  /** Error code and what belongs to it, as sent. */
  readonly detail: Readonly<Record<string, string>>;
}

export interface AuthorizeReport {
  /** `anybody`: the station lets everybody charge (2.x NoAuthorization). `empty`: a token of ''. */
  readonly presents: 'token' | 'anybody' | 'empty' | 'nothing';
  /** Only with `presents: 'token'`. */
  readonly token?: TokenRef;
}

export type Verdict = Extract<StationCommand, { type: 'AuthorizationAnswered' }>['data']['verdict'];

/** All samples of one moment and context. */
export interface SampleSet {
  readonly measuredAt: Instant;
  readonly context: Reading['context'];
  /** Energy.Active.Import.Register of the whole EVSE; absent when it was not sent or not readable. */
  readonly register?: MilliWattHours;
  /** Watts, all phases together. */
  readonly power?: number;
  /** Amperes, sum over the phases. */
  readonly current?: number;
  /** Percent. */
  readonly stateOfCharge?: number;
  readonly signed?: SignedMeterData;
}

export interface TransactionReport extends AuthorizeReport {
  readonly phase: 'started' | 'updated' | 'ended';
  readonly numberedBy: 'us' | 'station';
  /** Absent when we number it and the station does not know the number (yet). */
  readonly transactionId?: string;
  readonly seqNo?: number;
  readonly reportedAt: Instant;
  /** Absent when the version has no word for it: then the time tells. */
  readonly offline?: boolean;
  readonly evse?: number;
  readonly connector?: number;
  readonly chargingState?: ChargingState;
  readonly samples: readonly SampleSet[];
  readonly remoteStartId?: number;
  readonly reservationId?: number;
  readonly meterStart?: MilliWattHours;
  readonly meterStop?: MilliWattHours;
  /** Why it ended. */
  readonly reason?: string;
}

export interface TransactionAnswer {
  /** Absent when the report presented nothing. */
  readonly verdict?: Verdict;
  /** The number we gave it. */
  readonly transactionId?: string;
}

/** Meter values that travel outside a transaction message. */
export interface MeterReport {
  /** 0: the main meter of the station. */
  readonly evse: number;
  readonly transactionId?: string;
  readonly numberedBy: 'us' | 'station';
  /** The latest moment in it; absent when it is empty. */
  readonly reportedAt?: Instant;
  readonly samples: readonly SampleSet[];
}

export interface NoticeReport {
  readonly reportedAt?: Instant;
  /** Some notices tell of availability too (2.x NotifyEvent). */
  readonly statuses: readonly StatusReport[];
  /** Device model: variables the notice reports. */
  readonly variables: readonly VariableReport[];
}

export interface VariableReport {
  readonly component: string;
  readonly variable: string;
  /** Everything the station told about it, as sent. */
  readonly told: object;
}

export interface VendorDataReport {
  readonly vendorId: string;
  readonly messageId?: string;
}

export interface VendorDataAnswer {
  readonly status: 'unknown vendor' | 'unknown message';
}
