import { OperatorClient, SampleRoaming } from '@voltledger/testing';
import { type BenchReport, type BenchValues, bench } from './bench';
import { Arrivals } from './end-to-end/arrivals';
import { ReadingStation } from './end-to-end/reading-station';
import { Child } from './ocpp/child';

const ARRIVAL_MS_MAX = 30_000;
const WARM_UP = 3;

const options = {
  stations: { meaning: 'stations, each with one reading under way', default: 10, min: 1, max: 200 },
  readings: { meaning: 'of each station, one after the other', default: 30, min: 1, max: 1_000 },
} as const;

type Values = BenchValues<typeof options>;

async function measured(values: Values, tell: (what: string) => void): Promise<BenchReport> {
  const roaming = await SampleRoaming.start();
  const arrivals = new Arrivals(roaming.partner);
  // Nothing is held back to spare partners: what is measured is the way, not the pace.
  const settings = { OCPI_SESSION_PUSH_SECONDS: '0', TARIFF_PRICE_SECONDS: '0' };
  const platform = Child.start('../end-to-end/platform', { ...roaming.settings, ...settings });
  try {
    tell('starting the platform, a partner and the stations');
    const { url, adminKey } = await platform.ask('up');
    await roaming.introduce(new OperatorClient(url, adminKey), values.stations);
    const latencies = await readAll(values, roaming, arrivals, tell);
    return report(latencies, values);
  } finally {
    arrivals.stop();
    await platform.stop();
    await roaming.close();
  }
}

async function readAll(
  { stations, readings }: Values,
  { ocppUrl, stationPassword }: SampleRoaming,
  arrivals: Arrivals,
  tell: (what: string) => void,
): Promise<number[]> {
  const rounds = readings + WARM_UP;
  const oneStation = async (number: number): Promise<number[]> => {
    const station = await ReadingStation.connected(ocppUrl, number, stationPassword);
    await station.start();
    const taken: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      // In tenths of a watt-hour: no two stations ever read the same.
      const tenths = round * stations + number;
      const [milliseconds] = await Promise.all([
        arrivals.of(tenths / 10_000, ARRIVAL_MS_MAX),
        station.read(tenths),
      ]);
      if (milliseconds === undefined)
        throw new Error(`the partner did not hear of a reading within ${ARRIVAL_MS_MAX} ms`);
      if (round > WARM_UP) taken.push(milliseconds);
    }
    await station.stop((rounds + 2) * stations);
    return taken;
  };
  tell(`${stations} stations take ${readings} readings each`);
  const all = Array.from({ length: stations }, (_, index) => oneStation(index + 1));
  return (await Promise.all(all)).flat();
}

function report(latencies: readonly number[], { stations }: Values): BenchReport {
  const sorted = [...latencies].sort((one, other) => one - other);
  const at = (share: number): number =>
    Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1));
  const mode = process.env['KAFKA_BROKERS'] ? 'Kafka' : 'PostgreSQL';
  const figures = {
    bus: mode,
    readings: sorted.length,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  };
  return {
    lines: [
      `From a MeterValues frame to the partner's PATCH, over ${mode}, ${stations} at a time:`,
      `p50 ${figures.p50} ms, p95 ${figures.p95} ms, p99 ${figures.p99} ms (${sorted.length} readings)`,
    ],
    figures,
  };
}

export const endToEndBench = bench({
  name: 'end-to-end',
  summary:
    'the time from a meter value to the OCPI partner; over Kafka when KAFKA_BROKERS names one',
  options,
  run: measured,
});
