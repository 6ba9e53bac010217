import { type Restrictions } from '@voltledger/contracts';
import { offsetSpan } from './time-zone';

const MINUTE = 60_000;
const DAY = 86_400_000;
const WEEKDAYS = [
  'SUNDAY',
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
] as const;
/** 1970-01-01 was a Thursday. */
const EPOCH_WEEKDAY = 4;

/** From `from` (inclusive) to `until` (exclusive) the clock switches no element on or off. */
export interface ClockSpan {
  readonly from: number;
  readonly until: number;
  /** For each element whether its times, dates and weekdays match. */
  readonly matches: readonly boolean[];
}

/** What the wall clock of the location says about each element of a tariff. */
export type WallClock = (at: number) => ClockSpan;

interface Window {
  /** Milliseconds of the local day. */
  readonly from: number;
  readonly to: number;
  readonly firstDay: number;
  /** Exclusive. */
  readonly lastDay: number;
  readonly weekdays: ReadonlySet<number> | undefined;
}

/**
 * Local times of the location, DST included: windows are judged at the instant by
 * the local time there and then, so that they last as long as the clock says.
 */
export function wallClock(elements: readonly Restrictions[], timeZone: string): WallClock {
  const windows = elements.map(windowOf);
  const boundaries = boundariesOf(windows);
  const always = { from: -Infinity, until: Infinity, matches: windows.map(() => true) };
  if (boundaries.length === 0) return () => always;
  let known: ClockSpan | undefined;
  return (at) => {
    if (!known || at < known.from || at >= known.until)
      known = spanAt(windows, boundaries, timeZone, at);
    return known;
  };
}

function spanAt(
  windows: readonly (Window | undefined)[],
  boundaries: readonly number[],
  timeZone: string,
  at: number,
): ClockSpan {
  const { offset, until } = offsetSpan(timeZone, at);
  const local = at + offset;
  const day = Math.floor(local / DAY);
  const time = local - day * DAY;
  const next = boundaries.find((boundary) => boundary > time) ?? DAY + (boundaries[0] ?? 0);
  return {
    from: at,
    until: Math.min(until, at + next - time),
    matches: windows.map((window) => !window || contains(window, day, time)),
  };
}

/** a window that ends before it starts goes over midnight; equal ends are the whole day. */
function contains(
  { from, to, firstDay, lastDay, weekdays }: Window,
  day: number,
  time: number,
): boolean {
  if (day < firstDay || day >= lastDay) return false;
  // The weekday is that of the instant: after midnight it is the next one.
  if (weekdays && !weekdays.has((((day + EPOCH_WEEKDAY) % 7) + 7) % 7)) return false;
  if (from === to) return true;
  return from < to ? time >= from && time < to : time >= from || time < to;
}

function windowOf(restrictions: Restrictions): Window | undefined {
  const { startTime, endTime, startDate, endDate, dayOfWeek = [] } = restrictions;
  const asked = [startTime, endTime, startDate, endDate, dayOfWeek[0]];
  if (asked.every((condition) => condition === undefined)) return undefined;
  return {
    from: timeOfDay(startTime) ?? 0,
    // Midnight as an end is that of the day's end.
    to: timeOfDay(endTime) || DAY,
    firstDay: dayNumber(startDate) ?? -Infinity,
    lastDay: dayNumber(endDate) ?? Infinity,
    weekdays:
      dayOfWeek.length > 0 ? new Set(dayOfWeek.map((day) => WEEKDAYS.indexOf(day))) : undefined,
  };
}

/** Where the day may change a price: at midnight, and where a window begins or ends. */
function boundariesOf(windows: readonly (Window | undefined)[]): number[] {
  const times = windows.flatMap((window) => (window ? [0, window.from, window.to % DAY] : []));
  return [...new Set(times)].sort((one, other) => one - other);
}

function timeOfDay(clockTime: string | undefined): number | undefined {
  if (clockTime === undefined) return undefined;
  const [hours = 0, minutes = 0] = clockTime.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE;
}

const dayNumber = (date: string | undefined): number | undefined =>
  date === undefined ? undefined : Date.parse(`${date}T00:00:00Z`) / DAY;
