import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { sessionEvents } from '@voltledger/contracts';
import { type EventMetadata, type RecordedEvent, eventOf, fold } from '@voltledger/kernel';
import { chargingSession } from './charging-session';
import { type ChargingEvent } from './session-event';

const FOLDER = path.resolve(__dirname, '../../test/golden');

interface Golden {
  readonly schemaVersion: number;
  /** As they were written then; never edited. */
  readonly events: { readonly type: string; readonly data: object }[];
  /** What they make of a session today. */
  readonly session: object;
}

const goldenFiles = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const read = (name: string) => JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')) as Golden;

const recorded = (event: Golden['events'][number], schemaVersion: number): RecordedEvent => ({
  ...event,
  id: 'e',
  stream: 'session-1' as RecordedEvent['stream'],
  revision: 1,
  recordedAt: '2026-03-05T10:00:00.000Z' as RecordedEvent['recordedAt'],
  metadata: { schemaVersion } as EventMetadata,
});

describe('a session written by an older version of us (domain 1.12)', () => {
  it('has a golden file for every version there was', () =>
    expect(goldenFiles.map((name) => read(name).schemaVersion)).toEqual(
      Array.from({ length: sessionEvents.schemaVersion }, (_, index) => index + 1),
    ));

  it.each(goldenFiles)('is still the same session: %s', (name) => {
    const { schemaVersion, events, session } = read(name);
    const today = events.map((event): ChargingEvent =>
      eventOf(chargingSession, recorded(event, schemaVersion)),
    );
    expect(JSON.parse(JSON.stringify(fold(chargingSession, today)))).toEqual(session);
    for (const { type, data } of today)
      if (type !== 'ReportTaken')
        expect(sessionEvents.events[type].safeParse(data).error).toBeUndefined();
  });

  it('is not guessed at when its version is newer than ours', () => {
    const event = recorded({ type: 'SessionEnded', data: {} }, sessionEvents.schemaVersion + 1);
    expect(() => eventOf(chargingSession, event)).toThrow(/newer than ours/);
  });
});
