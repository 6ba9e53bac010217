import { Inject, Injectable } from '@nestjs/common';
import { type SignedMeterData, sessionEvents } from '@voltledger/contracts';
import {
  type EventStore,
  type Instant,
  type RecordedEvent,
  type SessionId,
  streamName,
} from '@voltledger/kernel';
import { EVENT_STORE } from '@voltledger/platform';

export interface KeptRecord {
  readonly measuredAt: Instant;
  readonly signed: SignedMeterData;
}

/** A page of a stream; most sessions are one. */
const PAGE = 1_000;

/** The signed records of a session as they stand in its stream: there is no second copy of them. */
@Injectable()
export class KeptRecords {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async of(sessionId: SessionId): Promise<KeptRecord[]> {
    const stream = streamName('session', sessionId);
    const records: KeptRecord[] = [];
    for (let after = 0; ;) {
      const page = await this.store.read(stream, after, PAGE);
      records.push(...page.flatMap(recordIn));
      const last = page.at(-1);
      if (!last || page.length < PAGE) return records;
      after = last.revision;
    }
  }
}

function recordIn({ type, data }: RecordedEvent): KeptRecord[] {
  if (type !== 'SignedDataReceived') return [];
  const { measuredAt, signed } = sessionEvents.events.SignedDataReceived.parse(data);
  return [{ measuredAt, signed }];
}
