import {
  type SessionEvent,
  chargingPlaceSchema,
  messageFor,
  sessionEvents,
} from '@voltledger/contracts';
import {
  type MilliWattHours,
  type OutgoingMessage,
  type Region,
  type SessionId,
  type StationId,
  type TenantId,
  instant,
  plusMillis,
} from '@voltledger/kernel';
import { derivedUuid, newUuid } from '@voltledger/platform';
import { samplePlace } from '@voltledger/testing';

const START = instant('2026-03-05T16:00:00Z');
const MINUTE = 60_000;
const scope = { tenant: 'voltledger' as TenantId, region: 'home' as Region };

/**
 * One session as stations report it: a reading each minute for as long as it charges, then half an
 * hour of parking. Many end in another price window than they began in.
 */
export function chargedSession(minutes: number, tariffId: string): OutgoingMessage[] {
  const sessionId = newUuid() as string as SessionId;
  const place = samplePlace();
  const end = minutes + 30;
  const at = (minute: number) => plusMillis(START, minute * MINUTE);
  const energyAt = (minute: number) =>
    (Math.min(minute, minutes) * 350_000 + (minute % 7) * 1_000) as MilliWattHours;
  const delivered = energyAt(minutes);
  const events: SessionEvent[] = [
    {
      type: 'SessionStarted',
      data: {
        ...{ sessionId, stationId: 'CS0001' as StationId, transactionId: '7', offline: false },
        ...{ startedAt: START, reportedAt: START },
        place: chargingPlaceSchema.parse({
          ...place,
          connector: { ...place.connector, tariffIds: [tariffId] },
        }),
      },
    },
    ...Array.from({ length: minutes }, (_, index): SessionEvent => {
      const taken = energyAt(index + 1);
      const reading = { sessionId, measuredAt: at(index + 1), register: taken, delivered: taken };
      return {
        type: 'MeterValueRecorded',
        data: { ...reading, context: 'periodic', offline: false, power: 21_000 },
      };
    }),
    { type: 'ChargingStateChanged', data: { sessionId, state: 'SuspendedEV', at: at(minutes) } },
    { type: 'SessionEnded', data: { sessionId, endedAt: at(end), delivered, reason: 'Local' } },
  ];
  return events.map((event, index) =>
    messageFor(sessionEvents, {
      ...{ id: derivedUuid('bench', sessionId, String(index)), key: sessionId, event },
      ...{ revision: index + 1, recordedAt: at(end), ...scope },
      ...{ causationId: 'bench', correlationId: sessionId },
    }),
  );
}
