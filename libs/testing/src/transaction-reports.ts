import {
  type ChargingPlace,
  type Reading,
  type TransactionReport,
  chargingPlaceSchema,
} from '@voltledger/contracts';
import {
  type Instant,
  type SessionId,
  type StationId,
  energy,
  instant,
  instantAt,
} from '@voltledger/kernel';
import { sampleLocation, sampleStationId } from './sample-network';

/** A moment of the day on which the sample sessions take place: `at('10:01')`, `at('10:01:30')`. */
export const at = (time: string): Instant =>
  instant(`2026-03-05T${time.length === 5 ? `${time}:00` : time}Z`);

/** Where the sample sessions take place: the only EVSE of `CS0001`. */
export const samplePlace = (station = 1): ChargingPlace => {
  const { evses, ...place } = sampleLocation(station);
  const evse = evses[station - 1];
  return chargingPlaceSchema.parse({ place, evse, connector: evse?.connectors[0] });
};

/** A register of so many kWh, read at that time of day. */
export const sampleReading = (
  kilowattHours: string,
  time: string,
  rest: Partial<Reading> = {},
): Reading => ({
  measuredAt: at(time),
  register: energy(kilowattHours),
  context: 'periodic',
  ...rest,
});

export const SAMPLE_SESSION = '0a8e8f50-64a4-8c9a-9d3b-0d8f0d6a1b11' as SessionId;

/** A report of transaction `7` at `CS0001`, which reached us at once. */
export function sampleReport(
  time: string,
  readings: readonly Reading[] = [],
  rest: Partial<TransactionReport> = {},
): TransactionReport {
  const reportedAt = rest.reportedAt ?? at(time);
  const report = {
    stationId: sampleStationId(1) as StationId,
    sessionId: SAMPLE_SESSION,
    transactionId: '7',
    reportedAt,
    arrivedAt: instantAt(Date.parse(reportedAt) + 300),
    offline: false,
    readings: [...readings],
    ...rest,
  };
  return { fingerprint: JSON.stringify([time, readings, rest.seqNo, rest.token]), ...report };
}
