import { type Instant, epochMillis, instant, instantAt, parseInstant } from '@voltledger/kernel';
import fc from 'fast-check';
import { localTime, standardOffset, wholeSecond } from './local-time';

const ZONES = [
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'UTC',
];

const hour = 3_600_000;
/** Within a day of a clock change, 2026: where offsets go wrong if they do. */
const CHANGES = ['2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z', '2026-03-08T07:00:00Z'];
const nearChange = fc
  .record({
    change: fc.constantFrom(...CHANGES),
    millis: fc.integer({ min: -24 * hour, max: 24 * hour }),
  })
  .map(({ change, millis }) => instantAt(epochMillis(instant(change)) + millis));
const anyTime = fc
  .integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) })
  .map((millis) => instantAt(millis));

describe('times on the charge point’s clock', () => {
  it.each([
    ['2026-05-04T06:00:21.987Z', 'Europe/Berlin', '2026-05-04T08:00:21+02:00'],
    ['2026-01-04T06:00:21Z', 'Europe/Berlin', '2026-01-04T07:00:21+01:00'],
    ['2026-05-04T06:00:21Z', 'UTC', '2026-05-04T06:00:21+00:00'],
    ['2026-05-04T06:00:21Z', 'America/St_Johns', '2026-05-04T03:30:21-02:30'],
    ['2026-12-31T23:30:00Z', 'Asia/Kathmandu', '2027-01-01T05:15:00+05:45'],
  ])('OICP-TRN-14 %s in %s is %s', (at, zone, expected) => {
    expect(localTime(instant(at), zone)).toBe(expected);
  });

  it('OICP-CDR-14 gives the two 02:30 of an October night two offsets', () => {
    expect(localTime(instant('2026-10-25T00:30:00Z'), 'Europe/Berlin')).toBe(
      '2026-10-25T02:30:00+02:00',
    );
    expect(localTime(instant('2026-10-25T01:30:00Z'), 'Europe/Berlin')).toBe(
      '2026-10-25T02:30:00+01:00',
    );
  });

  it('OICP-TRN-14 names the same second wherever it is read again', () => {
    fc.assert(
      fc.property(fc.oneof(nearChange, anyTime), fc.constantFrom(...ZONES), (at, zone) => {
        expect(parseInstant(localTime(at, zone))).toBe(wholeSecond(at));
      }),
      { numRuns: 2_000 },
    );
  });

  it('OICP-CDR-12 OICP-CDR-14 keeps the order of any two instants over a clock change', () => {
    fc.assert(
      fc.property(nearChange, nearChange, fc.constantFrom(...ZONES), (one, other, zone) => {
        const [first, second] = [one, other].sort() as [Instant, Instant];
        const [before, after] = [localTime(first, zone), localTime(second, zone)];
        expect(Date.parse(before)).toBeLessThanOrEqual(Date.parse(after));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['Europe/Berlin', 'UTC+01:00'],
    ['America/New_York', 'UTC-05:00'],
    ['Australia/Sydney', 'UTC+10:00'],
    ['Asia/Kathmandu', 'UTC+05:45'],
    ['UTC', 'UTC+00:00'],
  ])('OICP-EVSE-29 the standard offset of %s is %s in summer too', (zone, expected) => {
    expect(standardOffset(instant('2026-07-15T12:00:00Z'), zone)).toBe(expected);
    expect(standardOffset(instant('2026-01-15T12:00:00Z'), zone)).toBe(expected);
  });
});
