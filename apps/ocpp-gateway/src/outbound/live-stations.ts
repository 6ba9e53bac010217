import { Injectable } from '@nestjs/common';
import { type Instant, type MilliWattHours, type StationId } from '@voltledger/kernel';
import { type OcppVersion, type OutgoingCalls, type Verdict } from '@voltledger/ocpp';
import { LRUCache } from 'lru-cache';
import { type OpenTransactionRow } from './transactions-table';
import { type StationRecord } from './station-record';

/** A socket, as far as commands may use it. */
export interface StationLink {
  readonly connectionId: string;
  readonly version: OcppVersion;
  readonly address: string;
  readonly calls: OutgoingCalls;
  /** Closes it once what has arrived is answered. */
  close(code: number, reason: string): void;
}

export interface OpenTransaction extends OpenTransactionRow {
  /** The latest register reading seen. */
  latest?: MilliWattHours;
  /** On the token it was started with. */
  verdict?: Verdict;
}

/** Lags of timely reports in milliseconds; the domain makes sense of them. */
export interface ClockLags {
  readonly lags: readonly number[];
}

const CLOCKS_MAX = 50_000;

/** A station that is connected to this process; outlives a socket that is replaced by another. */
export interface LiveStation {
  readonly stationId: StationId;
  link: StationLink;
  /** Of the link: every connection of a station has a higher one than those before. */
  epoch: number;
  record: StationRecord;
  clock: ClockLags;
  readonly transactions: Map<string, OpenTransaction>;
  /** Actions we asked a station for that is not accepted yet (OCPP-2.0.1-BOOT-01). */
  readonly invited: Set<string>;
  lastSeenAt: Instant;
}

/** The stations this process holds. */
@Injectable()
export class LiveStations {
  private readonly stations = new Map<StationId, LiveStation>();
  /** Of stations that went: what they kept back until they return is told by it. */
  private readonly clocks = new LRUCache<StationId, ClockLags>({ max: CLOCKS_MAX });

  get(stationId: StationId): LiveStation | undefined {
    return this.stations.get(stationId);
  }

  /** @throws Error: whoever asks runs on a connection of the station. */
  require(stationId: StationId): LiveStation {
    const live = this.stations.get(stationId);
    if (!live) throw new Error(`${stationId} is not connected here`);
    return live;
  }

  add(live: LiveStation): void {
    this.stations.set(live.stationId, live);
  }

  /** Only if that connection is still the station's: a late close changes nothing. */
  remove(stationId: StationId, connectionId: string): boolean {
    const live = this.stations.get(stationId);
    if (live?.link.connectionId !== connectionId) return false;
    this.clocks.set(stationId, live.clock);
    return this.stations.delete(stationId);
  }

  /** What is known of the clock of a station that was here before. */
  clockOf(stationId: StationId): ClockLags | undefined {
    return this.clocks.get(stationId);
  }

  all(): LiveStation[] {
    return [...this.stations.values()];
  }
}
