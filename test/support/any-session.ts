import { type Tariff, tariffSchema } from '@voltledger/contracts';
import {
  type Instant,
  type MilliWattHours,
  epochMillis,
  instant,
  instantAt,
} from '@voltledger/kernel';
import fc from 'fast-check';

/** Arbitrary tariffs and sessions for properties of rating. */

export interface AnySegment {
  readonly kind: 'CHARGING' | 'PARKING';
  readonly start: Instant;
  readonly end: Instant;
  readonly energy: MilliWattHours;
  readonly power: number | undefined;
  readonly current: number | undefined;
}

export const ZONES = [
  'Europe/Berlin',
  'UTC',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
];
/** The nights of both clock changes of Berlin, New York and Lord Howe, and plain days. */
const STARTS = [
  '2024-03-30T20:00:00Z',
  '2024-10-26T20:00:00Z',
  '2024-11-02T22:00:00Z',
  '2024-07-05T10:00:00Z',
];

const clockTime = fc
  .record({ hours: fc.nat(23), minutes: fc.nat(59) })
  .map(({ hours, minutes }) =>
    [hours, minutes].map((part) => String(part).padStart(2, '0')).join(':'),
  );
const days = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
] as const;

const restrictions = fc.record(
  {
    startTime: clockTime,
    endTime: clockTime,
    startDate: fc.constantFrom('2024-03-31', '2024-07-05', '2024-10-27'),
    endDate: fc.constantFrom('2024-03-31', '2024-07-06', '2024-11-03'),
    dayOfWeek: fc.uniqueArray(fc.constantFrom(...days), { minLength: 1, maxLength: 4 }),
    minEnergy: fc.integer({ min: 1, max: 20_000_000 }),
    maxEnergy: fc.integer({ min: 1, max: 20_000_000 }),
    minDuration: fc.nat(40_000),
    maxDuration: fc.nat(40_000),
    minPower: fc.nat(50_000_000),
    maxCurrent: fc.nat(64_000),
  },
  { requiredKeys: [] },
);

const element = fc.record(
  {
    components: fc.array(
      fc.record(
        {
          dimension: fc.constantFrom('ENERGY', 'FLAT', 'PARKING_TIME', 'TIME'),
          price: fc.nat(5_000_000),
          stepSize: fc.constantFrom(0, 1, 60, 300, 500, 900),
          vat: fc.constantFrom('19', '7.7', '0'),
        },
        { requiredKeys: ['dimension', 'price', 'stepSize'] },
      ),
      { minLength: 1, maxLength: 4 },
    ),
    restrictions,
  },
  { requiredKeys: ['components'] },
);

export const anyTariff: fc.Arbitrary<Tariff> = fc
  .record({
    elements: fc.array(element, { minLength: 1, maxLength: 5 }),
    taxIncluded: fc.constantFrom('YES', 'NO', 'N/A'),
  })
  .map((parts) =>
    tariffSchema.parse({
      tariffId: 'T',
      countryCode: 'DE',
      partyId: 'VLT',
      currency: 'EUR',
      updatedAt: '2024-01-01T00:00:00Z',
      ...parts,
    }),
  );

/** Lengths are multiples of so many milliseconds, energies of so many mWh: they split evenly by 2 to 10. */
const UNIT = 2_520;
const length = fc.integer({ min: 1, max: 4_000 }).map((count) => count * UNIT);
const step = fc.record({
  kind: fc.constantFrom('CHARGING' as const, 'PARKING' as const),
  length,
  energy: fc.nat(2_000).map((count) => count * UNIT),
  power: fc.option(fc.nat(60_000_000), { nil: undefined }),
  current: fc.option(fc.nat(64_000), { nil: undefined }),
});

export const anySession = fc
  .record({
    start: fc.constantFrom(...STARTS),
    steps: fc.array(step, { minLength: 1, maxLength: 6 }),
  })
  .map(({ start, steps }): AnySegment[] => {
    let at = epochMillis(instant(start));
    return steps.map(({ kind, length: long, energy, power, current }) => {
      const begin = instantAt(at);
      at += long;
      const flowing = kind === 'CHARGING' ? energy : 0;
      return {
        kind,
        start: begin,
        end: instantAt(at),
        energy: flowing as MilliWattHours,
        power,
        current,
      };
    });
  });
