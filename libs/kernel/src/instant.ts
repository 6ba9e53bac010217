import { type Brand } from './brand';

/**
 * A moment in UTC with milliseconds: always `2026-03-05T11:00:00.000Z`. One spelling only, so
 * instants compare with `<` and are JSON as they stand.
 */
export type Instant = Brand<string, 'Instant'>;

const RFC_3339 =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:[.,](\d+))?([Zz]|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads an RFC 3339 time, with any number of fraction digits (cut to milliseconds). A time without
 * a zone is UTC (OCPI 2.2.1, types, DateTime).
 *
 * @returns undefined when the text is no time.
 */
export function parseInstant(text: string): Instant | undefined {
  const parts = RFC_3339.exec(text);
  if (!parts) return undefined;
  const [, date = '', time = '', fraction = '', zone = 'Z'] = parts;
  const millis = fraction.slice(0, 3).padEnd(3, '0');
  const offset = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const parsed = new Date(`${date}T${time}.${millis}${offset.toUpperCase()}`);
  if (Number.isNaN(parsed.getTime()) || !isCalendarDate(date)) return undefined;
  return parsed.toISOString() as Instant;
}

/** @throws RangeError when the text is no time: for literals and tests; edges use `parseInstant`. */
export function instant(text: string): Instant {
  const parsed = parseInstant(text);
  if (parsed === undefined) throw new RangeError(`not an RFC 3339 time: ${text}`);
  return parsed;
}

/** `milliseconds` since 1970-01-01T00:00:00Z. */
export const instantAt = (milliseconds: number): Instant =>
  new Date(milliseconds).toISOString() as Instant;

export const epochMillis = (at: Instant): number => Date.parse(at);

export const plusMillis = (at: Instant, milliseconds: number): Instant =>
  instantAt(epochMillis(at) + milliseconds);

/** Milliseconds from `from` to `to`; negative when `to` is earlier. */
export const millisBetween = (from: Instant, to: Instant): number =>
  epochMillis(to) - epochMillis(from);

export const later = (one: Instant, other: Instant): Instant => (one > other ? one : other);
export const earlier = (one: Instant, other: Instant): Instant => (one < other ? one : other);

/** Tells the time. Handed in wherever time matters, so that tests decide what time it is. */
export type Clock = () => Instant;

/** `2026-02-30` is a date to JavaScript (2 March); to us it is a mistake. */
function isCalendarDate(date: string): boolean {
  return new Date(`${date}T00:00:00Z`).toISOString().startsWith(date);
}
