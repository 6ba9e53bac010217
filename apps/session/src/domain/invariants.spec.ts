import { type MilliWattHours, currency, plusMillis } from '@voltledger/kernel';
import {
  SAMPLE_SESSION as sessionId,
  at,
  samplePlace,
  sampleReport,
  sampleTariff,
} from '@voltledger/testing';
import { sessionEvents } from '@voltledger/contracts';
import fc from 'fast-check';
import { chargingSession } from './charging-session';
import { type SessionCommand } from './session-command';
import { type ChargingEvent } from './session-event';
import { type ChargingSession } from './session-state';

const moment = fc
  .integer({ min: -3_600, max: 7_200 })
  .map((seconds) => plusMillis(at('10:00'), seconds * 1_000));
const register = fc.oneof(
  fc.integer({ min: 100_000_000, max: 104_000_000 }),
  fc.integer({ min: 0, max: 900_000_000 }),
) as fc.Arbitrary<MilliWattHours>;

const reading = fc.record({
  measuredAt: fc.oneof(moment, fc.constant(at('10:00'))),
  register,
  context: fc.constantFrom('begin', 'end', 'periodic', 'clock'),
});

const takeReport: fc.Arbitrary<SessionCommand> = fc
  .record({
    kind: fc.constantFrom('started', 'updated', 'updated', 'updated', 'ended'),
    readings: fc.array(reading, { maxLength: 3 }),
    reportedAt: fc.oneof(moment, fc.constant(plusMillis(at('10:00'), -1.7e12))),
    latency: fc.constantFrom(0, 200, 60_000, -120_000),
    seqNo: fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined }),
    offline: fc.boolean(),
    placed: fc.boolean(),
    fingerprint: fc.uuid(),
    chargingState: fc.constantFrom('Charging', 'SuspendedEV', undefined),
  })
  .map(({ kind, readings, latency, seqNo, placed, chargingState, ...rest }) => ({
    type: 'TakeReport',
    sessionId,
    kind,
    report: sampleReport('10:00', readings, {
      ...rest,
      arrivedAt: plusMillis(rest.reportedAt, latency),
      ...(seqNo !== undefined && { seqNo }),
      ...(placed && { place: samplePlace() }),
      ...(chargingState && { chargingState }),
    }),
  }));

const otherCommand: fc.Arbitrary<SessionCommand> = fc.oneof(
  moment.map((arrivedBefore) => ({ type: 'CloseGap' as const, sessionId, arrivedBefore })),
  moment.map((silentSince) => ({
    type: 'CloseByEstimate' as const,
    sessionId,
    basis: 'age' as const,
    silentSince,
  })),
  fc.constantFrom('EUR', 'USD').map((code) => ({
    type: 'AttachTariff' as const,
    sessionId,
    tariff: { ...sampleTariff(), currency: currency(code) },
    contentHash: 'a'.repeat(64),
  })),
  fc.record({ at: moment, code: fc.constantFrom('EUR', 'USD') }).map(({ at: time, code }) => ({
    type: 'RecordCost' as const,
    sessionId,
    total: { beforeTaxes: { micros: 1, currency: currency(code) }, taxes: [] },
    energy: 0 as MilliWattHours,
    rules: 'test/1',
    at: time,
  })),
  moment.map((time) => ({
    type: 'ChangeChargingState' as const,
    sessionId,
    state: 'SuspendedEV' as const,
    at: time,
  })),
);

/** Everything a station, a clock and a meter may do to a session, in any order. */
const commands = fc.array(fc.oneof({ weight: 4, arbitrary: takeReport }, otherCommand), {
  maxLength: 30,
});

interface Lived {
  readonly events: ChargingEvent[];
  readonly session: ChargingSession;
}

function live(all: readonly SessionCommand[]): Lived {
  const events: ChargingEvent[] = [];
  let session = chargingSession.initial;
  for (const command of all) {
    const decided = chargingSession.decide(command, session);
    events.push(...decided);
    session = decided.reduce(chargingSession.evolve, session);
  }
  return { events, session };
}

/** The same stories everywhere; other seeds were run by the ten thousand. */
const RUNS = { numRuns: 60, seed: 20_260_305 };

const always = (holds: (lived: Lived) => void) =>
  fc.assert(
    fc.property(commands, (all) => holds(live(all))),
    RUNS,
  );

const only = <Type extends ChargingEvent['type']>(events: readonly ChargingEvent[], type: Type) =>
  events.filter((event): event is Extract<ChargingEvent, { type: Type }> => event.type === type);

/** Told late or more exactly; it may lie below a first reading of the same moment. */
const isStart = ({ context, delivered }: { context: string; delivered: number }) =>
  context === 'begin' && delivered === 0;

describe('whatever happens to a session (domain 1, invariants)', () => {
  it('it starts at most once, and nothing is measured before', () =>
    always(({ events }) => {
      expect(only(events, 'SessionStarted').length).toBeLessThanOrEqual(1);
      const [first] = events.filter(({ type }) => !/ReportSetAside|SessionAuthorized/.test(type));
      expect(first?.type ?? 'SessionStarted').toBe('SessionStarted');
    }));

  it('it never delivers less than nothing', () =>
    always(({ events }) => {
      for (const { type, data } of events)
        if (
          type === 'MeterValueRecorded' ||
          type === 'SessionEnded' ||
          type === 'SessionClosedByEstimate'
        )
          expect(data.delivered).toBeGreaterThanOrEqual(0);
    }));

  it('its register never falls from one reading to a later one without a doubt between them', () =>
    always(({ events }) => {
      let newest: { measuredAt: string; register: number } | undefined;
      let doubted = false;
      for (const { type, data } of events) {
        if (type === 'MeterAnomalyFound') doubted = true;
        if (type !== 'MeterValueRecorded' || isStart(data)) continue;
        if (newest && data.measuredAt < newest.measuredAt) continue;
        if (newest && !doubted) expect(data.register).toBeGreaterThanOrEqual(newest.register);
        newest = data;
        doubted = false;
      }
    }));

  it('it ends once, and again only to correct an estimate', () =>
    always(({ events }) => {
      const ends = only(events, 'SessionEnded');
      expect(ends.filter(({ data }) => !data.corrects).length).toBeLessThanOrEqual(1);
      expect(only(events, 'SessionClosedByEstimate').length).toBeLessThanOrEqual(1);
    }));

  it('it ends no earlier than it starts, and no earlier than what was measured in time', () =>
    always(({ events }) => {
      const [start] = only(events, 'SessionStarted');
      let latest = start?.data.startedAt ?? at('10:00');
      for (const { type, data } of events) {
        if (type === 'MeterValueRecorded') {
          expect(data.measuredAt >= start!.data.startedAt).toBe(true);
          if (data.measuredAt > latest) latest = data.measuredAt;
        }
        if (type === 'SessionEnded') expect(data.endedAt >= latest).toBe(true);
      }
    }));

  it('it keeps one currency', () =>
    always(({ events }) => {
      const currencies = [
        ...only(events, 'TariffAttached').map(({ data }) => data.tariff.currency),
        ...only(events, 'CostUpdated').map(({ data }) => data.total.beforeTaxes.currency),
      ];
      expect(new Set(currencies).size).toBeLessThanOrEqual(1);
      expect(only(events, 'TariffAttached').length).toBeLessThanOrEqual(1);
    }));

  it('what happens after its end is late data, a correction, or bookkeeping', () =>
    always(({ events }) => {
      const end = events.findIndex(({ type }) => type === 'SessionEnded');
      const later = end < 0 ? [] : events.slice(end + 1);
      for (const { type } of later)
        expect([
          'LateDataReceived',
          'SessionEnded',
          'ReportTaken',
          'SignedDataReceived',
          'SessionPlaced',
          'SessionAuthorized',
          'TariffAttached',
        ]).toContain(type);
    }));

  it('its events keep the contract', () =>
    always(({ events }) => {
      for (const { type, data } of events)
        if (type !== 'ReportTaken')
          expect(sessionEvents.events[type].safeParse(data).error).toBeUndefined();
    }));

  it('its state is the same when it is read back from JSON in between, as a snapshot is', () =>
    fc.assert(
      fc.property(commands, commands, (before, after) => {
        const { session } = live(before);
        const reread = JSON.parse(JSON.stringify(session)) as ChargingSession;
        expect(after.map((command) => chargingSession.decide(command, reread))).toEqual(
          after.map((command) => chargingSession.decide(command, session)),
        );
      }),
      RUNS,
    ));
});
