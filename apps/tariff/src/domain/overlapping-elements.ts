import { type Restrictions, type Tariff } from '@voltledger/contracts';
import { covers } from './restriction-cover';

interface Overlap {
  readonly field: string;
  readonly warning: string;
}

/**
 * Components of one dimension at two prices whose elements hold at the same time for some session,
 * neither of them always: which one counts is decided by their order alone, and that is easily
 * not what was meant. Where the later one always holds when the earlier does, it is the usual fallback.
 */
export const overlaps = ({ elements }: Pick<Tariff, 'elements'>): Overlap[] =>
  elements.flatMap(({ components, restrictions = {} }, later) =>
    components.flatMap(({ dimension, price }, position) => {
      const earlier = elements.slice(0, later).findIndex((each) => {
        const own = each.components.find((component) => component.dimension === dimension);
        return own && own.price !== price && crosses(each.restrictions ?? {}, restrictions);
      });
      const field = `elements.${later}.components.${position}`;
      const warning = `overlaps with element ${earlier}: where both hold, element ${earlier} counts`;
      return earlier < 0 ? [] : [{ field, warning }];
    }),
  );

const crosses = (earlier: Restrictions, later: Restrictions): boolean =>
  meet(earlier, later) && !covers(later, earlier) && !covers(earlier, later);

/** Whether both may hold at one instant; times and weekdays are compared as windows of one day. */
const meet = (one: Restrictions, other: Restrictions): boolean =>
  one.reservation === other.reservation &&
  rangesMeet(one.startDate, one.endDate, other.startDate, other.endDate) &&
  rangesMeet(one.minEnergy, one.maxEnergy, other.minEnergy, other.maxEnergy) &&
  rangesMeet(one.minPower, one.maxPower, other.minPower, other.maxPower) &&
  rangesMeet(one.minCurrent, one.maxCurrent, other.minCurrent, other.maxCurrent) &&
  rangesMeet(one.minDuration, one.maxDuration, other.minDuration, other.maxDuration) &&
  daysMeet(one, other) &&
  windowsOf(one).some(([from, to]) =>
    windowsOf(other).some(([start, end]) => from < end && start < to),
  );

type Limit = number | string | undefined;

/** Half-open ranges, open where a limit is absent. */
const rangesMeet = (from: Limit, to: Limit, start: Limit, end: Limit): boolean =>
  isBelow(from, end) && isBelow(start, to);

const isBelow = (low: Limit, high: Limit): boolean =>
  low === undefined || high === undefined || low < high;

function daysMeet({ dayOfWeek: one = [] }: Restrictions, { dayOfWeek: other = [] }: Restrictions) {
  return one.length === 0 || other.length === 0 || one.some((day) => other.includes(day));
}

const DAY_START = '00:00';
const DAY_END = '24:00';

/** A window over midnight is two. */
function windowsOf({ startTime = DAY_START, endTime = DAY_START }: Restrictions) {
  const to = endTime === DAY_START ? DAY_END : endTime;
  if (startTime === to) return [[DAY_START, DAY_END]] as const;
  if (startTime < to) return [[startTime, to]] as const;
  return [
    [DAY_START, to],
    [startTime, DAY_END],
  ] as const;
}
