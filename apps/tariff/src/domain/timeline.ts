import { type ChargingState } from '@voltledger/contracts';
import { type Instant, type MilliWattHours, epochMillis, instantAt } from '@voltledger/kernel';
import { type Mark } from './session-history';

/**
 * A mark in as few characters as it needs. Of a reading: milliseconds since the start, mWh, and
 * power and current where measured. Of a change of state: milliseconds since the start, the state.
 */
export type CompactMark = readonly (number | string | null)[];

/** All marks of a session that is over, in the order they came: enough to rate it again. */
export type Timeline = readonly CompactMark[];

export const timelineOf = (startedAt: Instant, marks: readonly Mark[]): Timeline => {
  const start = epochMillis(startedAt);
  return marks.map((mark) => {
    const since = epochMillis(mark.at) - start;
    if (mark.type === 'state') return [since, mark.state];
    const { delivered, power = null, current = null, closing = false } = mark;
    return withoutTail([since, delivered, power, current, closing ? 1 : null]);
  });
};

export const marksFrom = (startedAt: Instant, timeline: Timeline): Mark[] => {
  const start = epochMillis(startedAt);
  return timeline.map(([since, what, power, current, closing]): Mark => {
    const at = instantAt(start + Number(since));
    if (typeof what === 'string') return { type: 'state', at, state: what as ChargingState };
    return {
      ...{ type: 'meter', at, delivered: Number(what) as MilliWattHours },
      ...(isNumber(power) && { power }),
      ...(isNumber(current) && { current }),
      ...(isNumber(closing) && { closing: true }),
    };
  });
};

const isNumber = (value: number | string | null | undefined): value is number =>
  typeof value === 'number';

function withoutTail(mark: CompactMark): CompactMark {
  const last = mark.findLastIndex((part) => part !== null);
  return mark.slice(0, last + 1);
}
