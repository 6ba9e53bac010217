import { type Instant, type MilliWattHours } from '@voltledger/kernel';

/** What a driver holds against the reader. 2.0.1 says what it is; 1.6 does not. */
export interface SimulatedToken {
  readonly uid: string;
  /** OCPP 2.0.1 IdTokenEnumType. Default ISO14443. */
  readonly type?: string;
}

export interface SimulatedReading {
  readonly register: MilliWattHours;
  readonly at: Instant;
  /** Watts. */
  readonly power?: number;
  /** Percent. */
  readonly stateOfCharge?: number;
}

export type SimulatedState = 'Charging' | 'SuspendedEV' | 'SuspendedEVSE' | 'EVConnected';
export type PlugState = 'free' | 'plugged' | 'charging' | 'finishing' | 'faulted' | 'unavailable';

/** A transaction as the station remembers it. */
export interface TransactionMemory {
  readonly evse: number;
  readonly token?: SimulatedToken;
  readonly remoteStartId?: number;
  /** 1.6: what the CSMS said; absent until it has. 2.0.1: the station's own. */
  id?: string;
  seqNo: number;
  readonly startedWith: MilliWattHours;
}

export interface StationCall {
  readonly action: string;
  readonly payload: object;
}

export interface Ending extends SimulatedReading {
  readonly reason?: string;
  readonly token?: SimulatedToken;
}

export interface RemoteStart {
  readonly token: SimulatedToken;
  readonly evse: number;
  readonly remoteStartId?: number;
}

/** How a version says what a simulated station has to say. */
export interface StationDialect {
  readonly subprotocol: string;
  boot(identity: string, reason: string): StationCall;
  authorize(token: SimulatedToken): StationCall;
  /** `Accepted` and the like, of the answer to authorize, start or stop; undefined when it has none. */
  verdict(answer: unknown): string | undefined;
  status(evse: number, state: PlugState, at: Instant): StationCall;
  /** A new transaction's memory. */
  begin(memory: Omit<TransactionMemory, 'id' | 'seqNo'>): TransactionMemory;
  started(memory: TransactionMemory, at: Instant, offline: boolean): StationCall;
  /** What the answer to `started` teaches. */
  learn(memory: TransactionMemory, answer: unknown): void;
  metered(memory: TransactionMemory, reading: SimulatedReading, offline: boolean): StationCall;
  stateChanged(
    memory: TransactionMemory,
    state: SimulatedState,
    at: Instant,
    offline: boolean,
  ): StationCall;
  ended(memory: TransactionMemory, ending: Ending, offline: boolean): StationCall;
  /** @returns undefined when the call is no remote start. */
  remoteStart(action: string, payload: Record<string, unknown>): RemoteStart | undefined;
  /** @returns the transaction to stop; undefined when the call is no remote stop. */
  remoteStop(action: string, payload: Record<string, unknown>): string | undefined;
}
