/** A stretch of time in which a zone keeps one distance to UTC. All in milliseconds. */
export interface OffsetSpan {
  readonly from: number;
  /** Exclusive. */
  readonly until: number;
  /** Local time is UTC plus this. */
  readonly offset: number;
}

const DAY = 86_400_000;
const SECOND = 1_000;
const DAYS_KEPT_MAX = 4_096;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  readonly days: Map<number, readonly OffsetSpan[]>;
}

const zones = new Map<string, Zone>();

/**
 * The zone's offset at `at` and the span around it, never longer than a day in UTC. Node's own
 * tables are slow to ask, so each day is asked once.
 *
 * @throws RangeError when Node does not know the zone; edges check it before.
 */
export function offsetSpan(timeZone: string, at: number): OffsetSpan {
  const zone = zones.get(timeZone) ?? opened(timeZone);
  const day = Math.floor(at / DAY);
  const spans = zone.days.get(day) ?? spansOf(zone, day);
  const span = spans.find(({ until }) => at < until);
  if (!span) throw new RangeError(`no offset of ${timeZone} at ${at}`);
  return span;
}

function opened(timeZone: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const zone = { format, days: new Map<number, readonly OffsetSpan[]>() };
  zones.set(timeZone, zone);
  return zone;
}

function spansOf(zone: Zone, day: number): readonly OffsetSpan[] {
  const from = day * DAY;
  const until = from + DAY;
  const [before, after] = [offsetAt(zone, from), offsetAt(zone, until - SECOND)];
  const spans =
    before === after ? [{ from, until, offset: before }] : changing(zone, { from, until });
  if (zone.days.size >= DAYS_KEPT_MAX) zone.days.clear();
  zone.days.set(day, spans);
  return spans;
}

/** A day on which the clocks change, cut at the second they do. */
function changing(zone: Zone, { from, until }: Omit<OffsetSpan, 'offset'>): OffsetSpan[] {
  const before = offsetAt(zone, from);
  let [known, changed] = [from, until - SECOND];
  while (changed - known > SECOND) {
    const middle = known + Math.floor((changed - known) / (2 * SECOND)) * SECOND;
    if (offsetAt(zone, middle) === before) known = middle;
    else changed = middle;
  }
  return [
    { from, until: changed, offset: before },
    { from: changed, until, offset: offsetAt(zone, changed) },
  ];
}

function offsetAt({ format }: Zone, at: number): number {
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local - Math.floor(at / SECOND) * SECOND;
}
