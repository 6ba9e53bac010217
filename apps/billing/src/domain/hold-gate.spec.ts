import { type Tariff } from '@voltledger/contracts';
import { type Instant, type MilliWattHours, currency, energy, instant } from '@voltledger/kernel';
import {
  drawing,
  endedAt,
  place,
  price,
  rating,
  session,
  tariff,
  tariffHash,
} from '../../test/samples';
import { type Doubt, type EndedSession } from './ended-session';
import { assessed } from './hold-gate';

const without = (...fields: (keyof EndedSession)[]): EndedSession =>
  Object.fromEntries(
    Object.entries(session).filter(([name]) => !fields.includes(name as never)),
  ) as unknown as EndedSession;

function codes(ended: EndedSession): string[] {
  const assessment = assessed(ended);
  return assessment.kind === 'held' ? assessment.reasons.map(({ code }) => code) : [];
}

const doubt = (kind: Doubt['kind']): Doubt => ({ kind, measuredAt: endedAt, detail: 'odd' });
const doubting = (...kinds: Doubt['kind'][]) => ({ ...session, doubts: kinds.map(doubt) });
const rated = (changes: Partial<typeof rating>) => ({
  ...session,
  rating: { ...rating, ...changes },
});
const under = (changes: Partial<Tariff>): Partial<EndedSession> => ({
  tariffs: [{ tariff: { ...tariff, ...changes }, contentHash: tariffHash }],
});
const timeTariff = under({
  elements: [{ components: [{ dimension: 'TIME', price: 2_000_000, stepSize: 60 }] }],
});

describe('the gate lets through', () => {
  it('a session of which everything is known', () => {
    const assessment = assessed(session);
    expect(assessment).toMatchObject({
      kind: 'chargeable',
      charge: { countryCode: 'DE', partyId: 'VLT', tariff, roundingPolicy: 'half-up-per-total/1' },
    });
  });

  it('a session that drew nothing: it gets a CDR too, with one period at least', () => {
    const costs = { total: price('0', '0') };
    const idle = {
      ...rated({ energy: energy('0'), periods: [], costs }),
      ...{ delivered: energy('0'), meterStop: energy('100') },
    };
    expect(assessed(idle)).toMatchObject({
      kind: 'chargeable',
      charge: { energy: 0, periods: [{ startedAt: session.startedAt, endedAt }] },
    });
  });

  it('a gap in the readings, and a register that stood still', () =>
    expect(codes(doubting('gap', 'stuck'))).toEqual([]));

  it('an unset clock, when nothing depends on time', () =>
    expect(codes(doubting('clock'))).toEqual([]));
});

it('has no one to send a CDR to when nothing was drawn and no one was authorized', () =>
  expect(assessed({ ...without('authorization'), delivered: energy('0') })).toEqual({
    kind: 'nothing',
  }));

describe('the gate holds', () => {
  it.each<[string, string, EndedSession]>([
    ['a session without a price', 'NO_TARIFF', without('rating')],
    ['a price list nobody fixed', 'TARIFF_UNKNOWN', { ...session, tariffs: [] }],
    ['energy that nobody vouched for', 'NO_PAYER', without('authorization')],
    ['a session at an unknown place', 'NO_PLACE', without('place')],
    ['1.5 a meter that ran backwards', 'METER_ANOMALY', doubting('rollback')],
    ['1.5 a meter that was replaced', 'METER_ANOMALY', doubting('replaced')],
    ['1.5 a register that jumped', 'METER_ANOMALY', doubting('jump')],
    ['1.4 time by a clock in doubt', 'CLOCK_IN_DOUBT', { ...doubting('clock'), ...timeTariff }],
    [
      '1.4 a night price by a clock in doubt',
      'CLOCK_IN_DOUBT',
      {
        ...doubting('clock'),
        ...under({ elements: [{ ...tariff.elements[0]!, restrictions: { startTime: '22:00' } }] }),
      },
    ],
    [
      'an end before the start',
      'END_BEFORE_START',
      { ...session, endedAt: instant('2026-03-05T09:00:00Z') },
    ],
    ['energy below zero', 'NEGATIVE_ENERGY', { ...session, delivered: -1 as MilliWattHours }],
    [
      'registers that say otherwise',
      'INCONSISTENT_ENERGY',
      { ...session, meterStop: energy('111') },
    ],
    [
      'periods that do not sum',
      'INCONSISTENT_ENERGY',
      rated({ periods: [{ ...rating.periods[0]!, energy: energy('9.999999') }] }),
    ],
    [
      'periods with a gap',
      'INCONSISTENT_PERIODS',
      rated({
        periods: [{ ...rating.periods[0]!, startedAt: instant('2026-03-05T10:00:01Z') }],
      }),
    ],
    [
      'periods that stop early',
      'INCONSISTENT_PERIODS',
      rated({ periods: [{ ...rating.periods[0]!, endedAt: instant('2026-03-05T10:59:59Z') }] }),
    ],
    [
      'parts that miss the total',
      'INCONSISTENT_COSTS',
      rated({ costs: { energy: price('3.9', '0.741'), total: price('4', '0.741') } }),
    ],
    [
      'two sessions of one token at a time',
      'OVERLAPPING_SESSIONS',
      { ...session, overlaps: [{ sessionId: session.sessionId, startedAt: session.startedAt }] },
    ],
    [
      'a time zone nobody knows',
      'TIME_ZONE_UNKNOWN',
      { ...session, place: { ...place, place: { ...place.place, timeZone: 'Europe/Atlantis' } } },
    ],
    ['a price without a trace', 'RATING_UNVERIFIABLE', rated({ trace: [] })],
    [
      'another currency than the tariff’s',
      'INCONSISTENT_COSTS',
      { ...session, ...under({ currency: currency('SEK') }) },
    ],
  ])('%s: %s', (_title, code, ended) => expect(codes(ended)).toEqual([code]));

  it('energy beyond what the EVSE can deliver, with 20 % and a minute to spare', () => {
    // 22 kW for 61 minutes and 20 % more: 26.84 kWh.
    expect(codes(drawing('26.84'))).toEqual([]);
    expect(codes(drawing('26.840001'))).toEqual(['ENERGY_BEYOND_EVSE']);
  });

  it('cannot tell how much is too much when the connector is unknown', () => {
    const { connector: _, ...unknown } = place;
    expect(codes({ ...drawing('500'), place: unknown })).toEqual([]);
  });

  it('with every reason at once, each with what to do', () => {
    const assessment = assessed(without('authorization', 'place', 'rating'));
    expect(assessment).toMatchObject({ kind: 'held' });
    expect(codes(without('authorization', 'place', 'rating'))).toEqual([
      ...['NO_TARIFF', 'NO_PAYER', 'NO_PLACE'],
    ]);
    if (assessment.kind === 'held')
      for (const { explanation, remedy } of assessment.reasons)
        expect(explanation && remedy).toMatch(/\.$/);
  });
});

describe('a doubt that a person vouched for', () => {
  const reasonsOf = (ended: EndedSession) => {
    const assessment = assessed(ended);
    return assessment.kind === 'held' ? assessment.reasons : [];
  };

  it('holds no longer', () => {
    const jumped = doubting('jump');
    expect(assessed(jumped, reasonsOf(jumped)).kind).toBe('chargeable');
  });

  it('holds again when another reading is in doubt', () => {
    const again = {
      ...session,
      doubts: [doubt('jump'), { ...doubt('jump'), measuredAt: 'later' as Instant }],
    };
    expect(assessed(again, reasonsOf(doubting('jump'))).kind).toBe('held');
  });
});

it('does not take the limits of a tariff for a wrong sum (OCPI-CDR-23)', () =>
  expect(
    codes({
      ...rated({ costs: { energy: price('3.9', '0.741'), total: price('3', '0.57') } }),
      ...under({ maxPrice: { beforeTaxes: 3_000_000 } }),
    }),
  ).toEqual([]));
