import { type Instant, epochMillis, instant, instantAt } from '@voltledger/kernel';

const MINUTE = 60_000;
const SECOND = 1_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one costs a hundred times what using it does. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  formats.set(timeZone, made);
  return made;
}

/** Minutes east of UTC in an IANA zone at that instant: Berlin is 60 in winter, 120 in summer. */
export function offsetMinutes(at: Instant, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(new Date(epochMillis(at)));
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const match = /^GMT(?:([+-])(\d{2}):(\d{2})(?::\d{2})?)?$/.exec(name);
  if (!match) throw new Error(`no offset in "${name}" for ${timeZone}`);
  const [, sign, hours = '0', minutes = '0'] = match;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** `+02:00`. */
export function offsetText(minutes: number): string {
  const magnitude = Math.abs(minutes);
  const two = (part: number) => String(part).padStart(2, '0');
  const sign = minutes < 0 ? '-' : '+';
  return `${sign}${two(Math.floor(magnitude / 60))}:${two(magnitude % 60)}`;
}

/**
 * The instant on the charge point's own clock, `2026-05-04T08:00:00+02:00`: whole seconds, and the
 * offset valid there at that instant, so that a session over a clock change bears two offsets
 * (OICP-TRN-14, OICP-CDR-14).
 */
export function localTime(at: Instant, timeZone: string): string {
  const offset = offsetMinutes(at, timeZone);
  const shifted = new Date(epochMillis(at) + offset * MINUTE).toISOString();
  return shifted.slice(0, 'YYYY-MM-DDThh:mm:ss'.length) + offsetText(offset);
}

/** The instant as `localTime` writes it: fractions of a second are cut. */
export const wholeSecond = (at: Instant): Instant =>
  instantAt(Math.floor(epochMillis(at) / SECOND) * SECOND);

/**
 * The zone's standard offset in the year of `at`, in OICP's form `UTC+01:00`. OICP has no form for
 * daylight saving (OICP-EVSE-29); summer is when clocks are ahead, north and south.
 */
export function standardOffset(at: Instant, timeZone: string): string {
  const year = at.slice(0, 4);
  const offsets = ['01', '07'].map((month) =>
    offsetMinutes(instant(`${year}-${month}-01T12:00:00Z`), timeZone),
  );
  return `UTC${offsetText(Math.min(...offsets))}`;
}
