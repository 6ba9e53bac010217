import { type Reading } from '@voltledger/contracts';
import { type Instant, type MilliWattHours, energy, plusMillis } from '@voltledger/kernel';
import { SAMPLE_SESSION as sessionId, at, sampleReport } from '@voltledger/testing';
import fc from 'fast-check';
import { chargingSession } from './charging-session';
import { type SessionCommand, type StationReport } from './session-command';
import { type ChargingEvent } from './session-event';
import { type ChargingSession } from './session-state';

type Take = Extract<SessionCommand, { type: 'TakeReport' }>;

/** What a bill is made of. */
interface BillableView {
  startedAt?: Instant;
  end?: { endedAt: Instant; delivered: MilliWattHours; meterStop?: MilliWattHours };
  readings: Set<string>;
}

function billableView(events: readonly ChargingEvent[]) {
  const view: BillableView = { readings: new Set() };
  const read = ({ measuredAt, register }: Pick<Reading, 'measuredAt' | 'register'>) =>
    view.readings.add(`${measuredAt} ${register}`);
  for (const { type, data } of events) {
    if (type === 'SessionStarted') view.startedAt = data.startedAt;
    if (type === 'MeterValueRecorded') read(data);
    if (type === 'LateDataReceived' && data.verdict === 'used') data.readings.forEach(read);
    if (type === 'SessionEnded' || type === 'SessionClosedByEstimate') {
      const { endedAt, delivered, meterStop } = data;
      view.end = { endedAt, delivered, meterStop };
    }
  }
  return { ...view, readings: [...view.readings].sort() };
}

/** A stream answers a report once, as the store makes it: the report's own id is the cause. */
function storyOf(commands: readonly Take[]): ChargingEvent[] {
  const events: ChargingEvent[] = [];
  const answered = new Set<string>();
  let session: ChargingSession = chargingSession.initial;
  for (const command of commands) {
    const cause = command.report.fingerprint;
    const decided = answered.has(cause) ? [] : chargingSession.decide(command, session);
    if (decided.length > 0) answered.add(cause);
    events.push(...decided);
    session = decided.reduce(chargingSession.evolve, session);
  }
  return events;
}

/** Seconds between reports: more than clocks jitter, or corrected times would swap. */
const pause = fc.integer({ min: 14, max: 900 });

const chargedSession = fc.record({
  /** Seconds since the report before, mWh since then, and how late it reaches us. */
  reports: fc.array(
    fc.record({
      pause,
      drawn: fc.integer({ min: 0, max: 3_000_000 }),
      latency: fc.integer({ min: 0, max: 3_000 }),
      measured: fc.boolean(),
    }),
    { minLength: 0, maxLength: 9 },
  ),
  begin: fc.boolean(),
  endMeasured: fc.boolean(),
  offline: fc.boolean(),
  minutesAhead: fc.constantFrom(0, 0, 47, -20),
  firstSeqNo: fc.integer({ min: 0, max: 500 }),
  chance: fc.infiniteStream(fc.integer({ min: 0, max: 1_000_000 })),
});

type Numbering = (index: number, first: number) => number | undefined;
interface ChargedSession {
  readonly inOrder: Take[];
  readonly shuffled: Take[];
  /** In all, from start to end; both were `measured`. */
  readonly drawn: number;
  readonly measured: boolean;
}

/** The reports of a session in the order it wrote them, and in another, some of them twice. */
const reports = (numbering: Numbering): fc.Arbitrary<ChargedSession> =>
  chargedSession.map(
    ({ reports, begin, endMeasured, offline, minutesAhead, firstSeqNo, chance }) => {
      let time = at('10:00');
      let register = energy('100');
      const all = [
        { pause: 0, drawn: 0, latency: 200, measured: begin },
        ...reports,
        {
          ...{ pause: 60, drawn: 1_234_567, latency: 100, measured: endMeasured },
        },
      ];
      const inOrder = all.map(({ pause, drawn, latency, measured }, index): Take => {
        const kind: StationReport['kind'] =
          index === 0 ? 'started' : index === all.length - 1 ? 'ended' : 'updated';
        time = plusMillis(time, pause * 1_000);
        register = (register + drawn) as MilliWattHours;
        const written = plusMillis(time, minutesAhead * 60_000);
        const context = { started: 'begin', updated: 'periodic', ended: 'end' } as const;
        const readings = measured
          ? [{ measuredAt: written, register, context: context[kind] }]
          : [];
        const seqNo = numbering(index, firstSeqNo);
        const report = sampleReport('10:00', readings, {
          ...(seqNo !== undefined && { seqNo }),
          reportedAt: written,
          arrivedAt: plusMillis(time, latency),
          offline,
          fingerprint: `report ${index}`,
        });
        return { type: 'TakeReport', sessionId, kind, report };
      });
      const dice = (): number => chance.next().value as number;
      const twice = [...inOrder, ...inOrder.filter(() => dice() % 3 === 0)];
      const shuffled = twice
        .map((command) => ({ command, rank: dice() }))
        .sort((one, other) => one.rank - other.rank)
        .map(({ command }) => command);
      return { inOrder, shuffled, drawn: register - energy('100'), measured: begin && endMeasured };
    },
  );

/** The same stories everywhere; other seeds were run by the ten thousand. */
const RUNS = { numRuns: 80, seed: 20_260_305 };

describe('the same reports in any order, some of them twice, make the same session', () => {
  it('where the station numbers them (domain 1.2, OCPP-2.0.1-TX-07)', () =>
    fc.assert(
      fc.property(
        reports((index, first) => first + index),
        ({ inOrder, shuffled }) => {
          expect(billableView(storyOf(shuffled))).toEqual(billableView(storyOf(inOrder)));
        },
      ),
      RUNS,
    ));

  it('where it numbers all of them 0 (OCPP-2.0.1-TX-09)', () =>
    fc.assert(
      fc.property(
        reports(() => 0),
        ({ inOrder, shuffled }) => {
          expect(billableView(storyOf(shuffled))).toEqual(billableView(storyOf(inOrder)));
        },
      ),
      RUNS,
    ));

  it('where it does not number them (domain 1.1, OCPP-1.6-TX-10, -11)', () =>
    fc.assert(
      fc.property(
        reports(() => undefined),
        ({ inOrder, shuffled }) => {
          expect(billableView(storyOf(shuffled))).toEqual(billableView(storyOf(inOrder)));
        },
      ),
      RUNS,
    ));

  it('and its energy is what the car drew', () =>
    fc.assert(
      fc.property(
        reports((index, first) => first + index),
        ({ shuffled, drawn, measured }) => {
          fc.pre(measured);
          expect(billableView(storyOf(shuffled)).end?.delivered).toBe(drawn);
        },
      ),
      RUNS,
    ));

  it('also a session of 200 reports (domain 1.3)', () => {
    const inOrder = Array.from({ length: 200 }, (_, index) => longSession(index));
    fc.assert(
      fc.property(fc.shuffledSubarray(inOrder, { minLength: 200 }), (shuffled) => {
        const view = billableView(storyOf(shuffled));
        expect(view).toEqual(billableView(storyOf(inOrder)));
        expect(view.end?.delivered).toBe(199 * 500);
      }),
      { numRuns: 10 },
    );
  });
});

function longSession(index: number): Take {
  const reportedAt = plusMillis(at('10:00'), index * 20_000);
  const register = (100_000_000 + index * 500) as MilliWattHours;
  const kind = index === 0 ? 'started' : index === 199 ? 'ended' : 'updated';
  const context = ({ started: 'begin', updated: 'periodic', ended: 'end' } as const)[kind];
  const fingerprint = `report ${index}`;
  const readings = [{ measuredAt: reportedAt, register, context }];
  const report = sampleReport('10:00', readings, { seqNo: index, fingerprint, reportedAt });
  return { type: 'TakeReport', sessionId, kind, report };
}
