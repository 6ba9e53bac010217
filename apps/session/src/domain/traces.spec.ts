import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { type Reading } from '@voltledger/contracts';
import { type Instant, instant } from '@voltledger/kernel';
import { type MeterReport, type TransactionReport, ocppVersions } from '@voltledger/ocpp';
import { samplePlace, sampleReport } from '@voltledger/testing';
import { chargingSession } from './charging-session';
import { inTurn } from './in-turn';
import { type ChargingEvent } from './session-event';
import { type ChargingSession } from './session-state';

const FOLDER = path.resolve(__dirname, '../../../../test/traces');

interface Trace {
  readonly source: string;
  readonly subprotocol: string;
  /** Watts of the connector. */
  readonly maxPower: number;
  readonly frames: readonly { arrivedAt: string; action: string; payload: object }[];
  readonly expected: {
    readonly energyWh: number;
    readonly registersWh?: readonly number[];
    readonly anomalies?: readonly string[];
    readonly startedAt?: string;
    readonly endedAt?: string;
  };
}

const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

function commandOf(
  { subprotocol, maxPower }: Trace,
  frame: Trace['frames'][number],
  index: number,
) {
  const read = ocppVersions.get(subprotocol)?.inbound.get(frame.action)?.read;
  if (!read) throw new Error(`no ${frame.action} in ${subprotocol}`);
  const report = read(frame.payload) as TransactionReport | MeterReport;
  const readings = report.samples.flatMap((set): Reading[] =>
    set.register === undefined ? [] : [{ ...set, register: set.register }],
  );
  const place = samplePlace();
  const told = {
    ...sampleReport('10:00', readings),
    place: { ...place, ...(place.connector && { connector: { ...place.connector, maxPower } }) },
    reportedAt: report.reportedAt as Instant,
    arrivedAt: instant(frame.arrivedAt),
    fingerprint: `frame ${index}`,
    offline: false,
  };
  const kind = 'phase' in report ? report.phase : 'updated';
  return { type: 'TakeReport' as const, sessionId: told.sessionId, kind, report: told };
}

const eventsOf = (trace: Trace): ChargingEvent[] =>
  inTurn(
    chargingSession.initial,
    ...trace.frames.map(
      (frame, index) => (session: ChargingSession) =>
        chargingSession.decide(commandOf(trace, frame, index), session),
    ),
  );

const dataOf = <Type extends ChargingEvent['type']>(events: readonly ChargingEvent[], type: Type) =>
  events
    .filter((event): event is Extract<ChargingEvent, { type: Type }> => event.type === type)
    .map(({ data }) => data as Extract<ChargingEvent, { type: Type }>['data']);

/** In watt-hours, in the order they were taken. */
function registersOf(events: readonly ChargingEvent[]): number[] {
  const [start] = dataOf(events, 'SessionStarted');
  const first = start?.meterStart === undefined ? [] : [start.meterStart];
  const taken = dataOf(events, 'MeterValueRecorded').map(({ register }) => register);
  return [...first, ...taken].map((register) => register / 1_000);
}

describe('quirks of stations (domain 1.4, 1.5; test/traces)', () => {
  it.each(names)('%s', (name) => {
    const trace = JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')) as Trace;
    const events = eventsOf(trace);
    const end = dataOf(events, 'SessionEnded').at(-1);
    expect({
      energyWh: end && end.delivered / 1_000,
      anomalies: dataOf(events, 'MeterAnomalyFound').map(({ kind }) => kind),
      registersWh: registersOf(events),
      startedAt: dataOf(events, 'SessionStarted')[0]?.startedAt,
      endedAt: end?.endedAt,
    }).toMatchObject({ anomalies: [], ...trace.expected });
  });
});
