import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type StationId } from '@voltledger/kernel';
import { LRUCache } from 'lru-cache';

const STATIONS_MAX = 50_000;
const PER_STATION = 16;
/** A station that starts counting anew uses old ids for new calls. */
const KEPT_MS = 10 * 60_000;

interface Recorded {
  readonly content: string;
  readonly answer: string;
  readonly at: number;
}

export const contentOf = (frame: string): string =>
  createHash('sha256').update(frame).digest('base64');

/**
 * Answers by message id, for stations that send a call again because its answer was lost, on the
 * same or on a new connection (OCPP-J-RPC-19). Bounded per station and in all.
 */
@Injectable()
export class RecordedAnswers {
  private readonly stations = new LRUCache<StationId, Map<string, Recorded>>({
    max: STATIONS_MAX,
  });

  /** @returns undefined for a new call, also one that reuses an id (OCPP-J-RPC-20). */
  find(stationId: StationId, id: string, content: string, now: number): string | undefined {
    const recorded = this.stations.get(stationId)?.get(id);
    if (recorded?.content !== content || now - recorded.at > KEPT_MS) return undefined;
    return recorded.answer;
  }

  keep(stationId: StationId, id: string, recorded: Recorded): void {
    const answers = this.stations.get(stationId) ?? new Map<string, Recorded>();
    answers.delete(id);
    answers.set(id, recorded);
    const [oldest] = answers.keys();
    if (answers.size > PER_STATION && oldest !== undefined) answers.delete(oldest);
    this.stations.set(stationId, answers);
  }

  /** The station has booted: its ids mean other calls from now on. */
  forget(stationId: StationId): void {
    this.stations.delete(stationId);
  }
}
