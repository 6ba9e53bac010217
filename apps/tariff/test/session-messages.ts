import {
  type SessionEvent,
  chargingPlaceSchema,
  messageFor,
  sessionEvents,
} from '@voltledger/contracts';
import {
  type OutgoingMessage,
  type Region,
  type SessionId,
  type StationId,
  type TenantId,
  energy,
  instant,
} from '@voltledger/kernel';
import { derivedUuid } from '@voltledger/platform';
import { at, samplePlace } from '@voltledger/testing';

const scope = { tenant: 'voltledger' as TenantId, region: 'home' as Region };

/** What the session service says about a session; revisions count from 1. */
export const sessionMessages = (
  sessionId: SessionId,
  events: readonly SessionEvent[],
  firstRevision = 1,
): OutgoingMessage[] =>
  events.map((event, index) => {
    const revision = firstRevision + index;
    return messageFor(sessionEvents, {
      ...{ id: derivedUuid('test', sessionId, String(revision)), key: sessionId, event, revision },
      ...{ recordedAt: instant('2026-03-05T12:00:00Z'), ...scope },
      ...{ causationId: 'station', correlationId: sessionId },
    });
  });

type Data<Type extends SessionEvent['type']> = Extract<SessionEvent, { type: Type }>['data'];

export const startedAt = (
  sessionId: SessionId,
  time: string,
  place: Data<'SessionStarted'>['place'],
): SessionEvent => ({
  type: 'SessionStarted',
  data: {
    ...{ sessionId, stationId: 'CS0001' as StationId, transactionId: '7', offline: false },
    ...{ startedAt: instant(time), reportedAt: instant(time), ...(place && { place }) },
  },
});

/** The sample place, with these tariffs at its connector. */
export const placeWith = (...tariffIds: string[]) => {
  const place = samplePlace();
  return chargingPlaceSchema.parse({ ...place, connector: { ...place.connector, tariffIds } });
};

export const read = (sessionId: SessionId, time: string, kwh: string): SessionEvent => ({
  type: 'MeterValueRecorded',
  data: {
    ...{ sessionId, measuredAt: at(time), register: energy(kwh), delivered: energy(kwh) },
    ...{ context: 'periodic', offline: false },
  },
});

export const changed = (
  sessionId: SessionId,
  time: string,
  state: 'Charging' | 'SuspendedEV',
): SessionEvent => ({
  type: 'ChargingStateChanged',
  data: { sessionId, state, at: at(time) },
});

export const ended = (
  sessionId: SessionId,
  time: string,
  kwh: string,
  more: object = {},
): SessionEvent => ({
  type: 'SessionEnded',
  data: { sessionId, endedAt: at(time), delivered: energy(kwh), reason: 'Local', ...more },
});

/** FLAT 0.35, 0.49 per kWh, 6.00 per hour of parking; 10 kWh and half an hour of parking. */
export const story = (sessionId: SessionId, tariffId = 'T1'): SessionEvent[] => [
  startedAt(sessionId, at('10:00'), placeWith(tariffId)),
  read(sessionId, '10:10', '3.5'),
  read(sessionId, '10:20', '7.25'),
  read(sessionId, '10:30', '10'),
  changed(sessionId, '10:30', 'SuspendedEV'),
  read(sessionId, '10:45', '10'),
  ended(sessionId, '11:00', '10'),
];
