import { type MilliWattHours, type SessionId, energy, kilowattHours } from '@voltledger/kernel';
import { tariffFormats } from '@voltledger/ocpi';
import { newUuid } from '@voltledger/platform';
import { at, eventually, sampleTariff } from '@voltledger/testing';
import { ended, placeWith, sessionMessages, startedAt, story } from '../test/session-messages';
import { TariffRig } from '../test/tariff-rig';
import { answerCase } from './cli/answer-case';

let rig: TariffRig;

beforeAll(async () => {
  rig = await TariffRig.start({ TARIFF_PRICE_SECONDS: '0' });
});

afterAll(() => rig.close());

const anySession = () => newUuid() as string as SessionId;

describe('a session under one of our tariffs', () => {
  const sessionId = anySession();

  it('is told its tariff, its cost while it lasts, and what it costs in the end', async () => {
    await rig.publish(sampleTariff('T1'));
    await rig.hear(sessionMessages(sessionId, story(sessionId)));
    await eventually(() => expect(rig.typesAbout(sessionId)).toContain('SessionRated'));
    expect(rig.typesAbout(sessionId)).toEqual([
      'TariffSelected',
      'SessionPriced',
      'SessionPriced',
      'SessionPriced',
      'SessionPriced',
      'SessionPriced',
      'SessionPriced',
      'SessionRated',
    ]);
    expect(rig.last(sessionId, 'SessionRated')).toMatchObject({
      throughRevision: 7,
      rating: { energy: 10_000_000, costs: { total: { beforeTaxes: { micros: 8_250_000 } } } },
    });
  });

  it('shows live what it costs for good: the end adds only what was not known before', () => {
    const live = rig.last(sessionId, 'SessionPriced');
    // A quarter of an hour of parking, 1.50, passed between the last reading and the end.
    expect(live?.total.beforeTaxes.micros).toBe(8_250_000 - 1_500_000);
    expect(live?.energy).toBe(10_000_000);
  });

  it('costs what the command `rate` says of the same session', () => {
    const { rating } = rig.last(sessionId, 'SessionRated')!;
    const { tariff } = rig.last(sessionId, 'TariffSelected')!;
    const [version, format] = [...tariffFormats][1]!;
    const kwh = (amount: MilliWattHours) => kilowattHours(amount, 6);
    const answer = answerCase(
      JSON.stringify({
        kind: 'pricing',
        time_zone: 'Europe/Berlin',
        tariff: { [version]: format.write(tariff) },
        session: {
          timeline: [
            { kind: 'CHARGING', start: at('10:00'), end: at('10:30'), kwh: kwh(energy('10')) },
            { kind: 'PARKING', start: at('10:30'), end: at('11:00') },
          ],
        },
      }),
      version,
    );
    const { beforeTaxes, afterTaxes } = rating!.costs.total;
    expect(answer['total_cost']).toEqual({
      before_taxes: (beforeTaxes.micros / 1_000_000).toFixed(4),
      after_taxes: (afterTaxes!.micros / 1_000_000).toFixed(4),
    });
  });

  it('is told nothing twice when the bus repeats itself', async () => {
    const before = rig.about(sessionId).length;
    const other = anySession();
    await rig.hear(sessionMessages(sessionId, story(sessionId)));
    await rig.hear(sessionMessages(other, [startedAt(other, at('10:00'), placeWith('T1'))]));
    await eventually(() => expect(rig.typesAbout(other)).toContain('SessionPriced'));
    expect(rig.about(sessionId)).toHaveLength(before);
  });

  it('costs the same when its readings come late and out of order', async () => {
    const late = anySession();
    const [start, first, second, third, ...others] = story(late);
    await rig.hear(sessionMessages(late, [start!, third!, first!, second!, ...others]));
    await eventually(() => expect(rig.typesAbout(late)).toContain('SessionRated'));
    const { rating } = rig.last(late, 'SessionRated')!;
    const inOrder = rig.last(sessionId, 'SessionRated')!.rating;
    expect(rating).toEqual(inOrder);
  });

  it('is rated again when its end is corrected', async () => {
    const truth = ended(sessionId, '11:00', '11', { corrects: 'estimate' });
    await rig.hear(sessionMessages(sessionId, [truth], 8));
    await eventually(() => expect(rig.last(sessionId, 'SessionRated')?.throughRevision).toBe(8));
    expect(rig.last(sessionId, 'SessionRated')?.rating?.energy).toBe(11_000_000);
  });

  it('keeps its tariff when a new version is published meanwhile', async () => {
    const changing = anySession();
    await rig.publish(sampleTariff('T2'));
    const [start, ...others] = story(changing, 'T2');
    await rig.hear(sessionMessages(changing, [start!]));
    await eventually(() => expect(rig.typesAbout(changing)).toContain('TariffSelected'));
    const dearer = sampleTariff('T2');
    await rig.publish({
      ...dearer,
      elements: [{ components: [{ dimension: 'FLAT', price: 9_000_000, stepSize: 0 }] }],
    });
    await rig.hear(sessionMessages(changing, others, 2));
    await eventually(() => expect(rig.typesAbout(changing)).toContain('SessionRated'));
    expect(rig.last(changing, 'SessionRated')?.rating?.costs.total.beforeTaxes.micros).toBe(
      8_250_000,
    );
  });
});

describe('a session whose tariff nobody knows', () => {
  it('is told so, and rated without a price: that is not free', async () => {
    const sessionId = anySession();
    const [, ...others] = story(sessionId);
    const start = startedAt(sessionId, at('10:00'), placeWith('NOBODY'));
    await rig.hear(sessionMessages(sessionId, [start, ...others]));
    await eventually(() =>
      expect(rig.typesAbout(sessionId)).toEqual(['NoTariffFound', 'SessionRated']),
    );
    expect(rig.last(sessionId, 'SessionRated')).not.toHaveProperty('rating');
  });

  it('is rated from its start once the station names the place', async () => {
    const sessionId = anySession();
    const [, reading, ...others] = story(sessionId);
    await rig.hear(
      sessionMessages(sessionId, [
        startedAt(sessionId, at('10:00'), undefined),
        reading!,
        { type: 'SessionPlaced', data: { sessionId, place: placeWith('T1') } },
        ...others,
      ]),
    );
    await eventually(() => expect(rig.typesAbout(sessionId)).toContain('SessionRated'));
    expect(rig.last(sessionId, 'SessionRated')?.rating?.costs.total.beforeTaxes.micros).toBe(
      8_250_000,
    );
  });
});
