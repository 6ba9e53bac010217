import { type Rating, type SessionEvent, type Tariff } from '@voltledger/contracts';
import { type SessionId, energy } from '@voltledger/kernel';
import { type TariffFormat, tariffFormats } from '@voltledger/ocpi';
import { newUuid } from '@voltledger/platform';
import { at, eventually, sampleTariff } from '@voltledger/testing';
import {
  changed,
  ended,
  placeWith,
  read,
  sessionMessages,
  startedAt,
} from '../test/session-messages';
import { TariffRig } from '../test/tariff-rig';
import { answerCase } from './cli/answer-case';

/** Live cost, CDR, preview and `npm run rate`: one function behind each (issue 4, point 2). */

let rig: TariffRig;

beforeAll(async () => {
  rig = await TariffRig.start({ TARIFF_PRICE_SECONDS: '0' });
});

afterAll(() => rig.close());

/** A price that changes at 11:15 local time and at 4 kWh, thirds of a cent, steps, a fee, VAT. */
const tariffCalled = (tariffId: string): Tariff => {
  const part = (
    dimension: 'ENERGY' | 'FLAT' | 'PARKING_TIME' | 'TIME',
    price: number,
    step = 1,
  ) => ({
    ...{ dimension, price, stepSize: step, vat: '19' },
  });
  return {
    ...sampleTariff(tariffId),
    elements: [
      { components: [part('ENERGY', 333_300)], restrictions: { maxEnergy: energy('4') } },
      {
        components: [part('ENERGY', 517_700, 100), part('TIME', 1_370_000, 60)],
        restrictions: { startTime: '11:15', endTime: '22:00' },
      },
      {
        components: [
          part('FLAT', 350_000),
          part('ENERGY', 490_000),
          part('PARKING_TIME', 6_000_000, 300),
        ],
      },
    ],
  };
};

/** The last reading comes with the end, so that the last live cost is all there is to pay. */
const drive = (sessionId: SessionId, tariffId: string): SessionEvent[] => [
  startedAt(sessionId, at('10:00'), placeWith(tariffId)),
  read(sessionId, '10:11', '3.501'),
  read(sessionId, '10:23', '7.253'),
  read(sessionId, '10:37', '10.007'),
  changed(sessionId, '10:37', 'SuspendedEV'),
  read(sessionId, '10:59', '10.007'),
  ended(sessionId, '10:59', '10.007'),
];

const TIMELINE = [
  { kind: 'CHARGING', start: '10:00', end: '10:11', kwh: 3.501 },
  { kind: 'CHARGING', start: '10:11', end: '10:23', kwh: 3.752 },
  { kind: 'CHARGING', start: '10:23', end: '10:37', kwh: 2.754 },
  { kind: 'PARKING', start: '10:37', end: '10:59', kwh: 0 },
].map(({ start, end, ...rest }) => ({ ...rest, start: at(start), end: at(end) }));

async function previewed(version: string, wire: object): Promise<Rating> {
  const timeline = TIMELINE.map(({ kwh, ...segment }) => ({
    ...{ ...segment, energy: Math.round(kwh * 1_000_000) },
  }));
  const body = { tariff: wire, timeZone: 'Europe/Berlin', timeline };
  const answer = await rig.call(`tariffs/rate?format=ocpi-${version}`, 'POST', body);
  if (!answer.ok) throw new Error(await answer.text());
  return ((await answer.json()) as { rating: Rating }).rating;
}

const typed = (version: string, wire: object) =>
  answerCase(
    JSON.stringify({
      ...{ kind: 'pricing', time_zone: 'Europe/Berlin', tariff: { [version]: wire } },
      session: { timeline: TIMELINE },
    }),
    version,
  );

/** Four decimals, half up from millionths: what `rate` prints, rounded from the exact amount. */
const four = (micros: number | undefined): string | null =>
  micros === undefined ? null : (Math.round(micros / 100) / 10_000).toFixed(4);

describe.each([...tariffFormats.values()].map((format) => [format.version, format] as const))(
  'a tariff of OCPI %s',
  (version, format: TariffFormat) => {
    const tariffId = `DOORS-${version}`;
    const wire = format.write(tariffCalled(tariffId));
    const sessionId = newUuid() as string as SessionId;
    let preview: Rating;

    beforeAll(async () => {
      const path = `tariffs/${tariffId}?format=ocpi-${version}`;
      const published = await rig.call(path, 'PUT', wire);
      if (!published.ok) throw new Error(await published.text());
      await rig.hear(sessionMessages(sessionId, drive(sessionId, tariffId)));
      await eventually(() => expect(rig.typesAbout(sessionId)).toContain('SessionRated'));
      preview = await previewed(version, wire);
    });

    it('costs the same live, in the CDR and in the preview, to the last millionth', () => {
      const live = rig.last(sessionId, 'SessionPriced')!.total;
      const { rating } = rig.last(sessionId, 'SessionRated')!;
      expect(live).toEqual(rating!.costs.total);
      expect(preview.costs).toEqual(rating!.costs);
      expect(preview.periods).toEqual(rating!.periods);
      expect(preview.trace).toEqual(rating!.trace);
    });

    it('costs the same by the command `rate`, to its last digit', () => {
      const { costs } = preview;
      const answer = typed(version, wire);
      const priceOf = (part: keyof typeof costs) => ({
        before_taxes: four(costs[part]?.beforeTaxes.micros),
        after_taxes: four(costs[part]?.afterTaxes?.micros),
      });
      expect(answer).toMatchObject({
        total_cost: priceOf('total'),
        total_fixed_cost: priceOf('fixed'),
        total_energy_cost: priceOf('energy'),
        total_time_cost: priceOf('time'),
        total_parking_cost: priceOf('parking'),
      });
    });
  },
);
