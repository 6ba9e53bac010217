import fc from 'fast-check';
import {
  earlier,
  epochMillis,
  instant,
  instantAt,
  later,
  millisBetween,
  parseInstant,
  plusMillis,
} from './instant';

describe('instants', () => {
  it.each([
    ['2026-03-05T11:00:00Z', '2026-03-05T11:00:00.000Z'],
    ['2026-03-05T12:00:00+01:00', '2026-03-05T11:00:00.000Z'],
    ['2026-03-05T12:00:00+0100', '2026-03-05T11:00:00.000Z'],
    ['2026-03-05t11:00:00z', '2026-03-05T11:00:00.000Z'],
    ['2026-03-05 11:00:00', '2026-03-05T11:00:00.000Z'],
    ['2026-03-05T11:00:00.1239999Z', '2026-03-05T11:00:00.123Z'],
    ['2026-03-05T11:00:00,5Z', '2026-03-05T11:00:00.500Z'],
    ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('reads %s', (text, one) => expect(parseInstant(text)).toBe(one));

  it.each([
    '2026-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-03-05T25:00:00Z',
    '2026-03-05',
    '2026-03-05T11:00Z',
    'yesterday',
    '',
  ])('refuses %j', (text) => {
    expect(parseInstant(text)).toBeUndefined();
    expect(() => instant(text)).toThrow(RangeError);
  });

  const moment = fc.integer({ min: -2_208_988_800_000, max: 4_102_444_800_000 });

  it('compares as text the way time passes', () =>
    fc.assert(
      fc.property(moment, moment, (one, other) => {
        const [a, b] = [instantAt(one), instantAt(other)];
        expect(a < b).toBe(one < other);
        expect(epochMillis(later(a, b))).toBe(Math.max(one, other));
        expect(epochMillis(earlier(a, b))).toBe(Math.min(one, other));
        expect(plusMillis(a, millisBetween(a, b))).toBe(b);
        expect(parseInstant(a)).toBe(a);
      }),
    ));
});
