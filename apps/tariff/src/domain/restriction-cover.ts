import { type Restrictions } from '@voltledger/contracts';

const DAY_MINUTES = 1_440;

/** Whether `wide` holds whenever `narrow` does. May say no where only a closer look would say yes. */
export const covers = (wide: Restrictions, narrow: Restrictions): boolean =>
  wide.reservation === narrow.reservation &&
  reachesDown(wide.startDate, narrow.startDate) &&
  reachesUp(wide.endDate, narrow.endDate) &&
  reachesDown(wide.minEnergy, narrow.minEnergy) &&
  reachesUp(wide.maxEnergy, narrow.maxEnergy) &&
  reachesDown(wide.minDuration, narrow.minDuration) &&
  reachesUp(wide.maxDuration, narrow.maxDuration) &&
  drawCovers(wide, narrow) &&
  clockCovers(wide, narrow);

const drawCovers = (wide: Restrictions, narrow: Restrictions): boolean =>
  reachesDown(wide.minPower, narrow.minPower) &&
  reachesUp(wide.maxPower, narrow.maxPower) &&
  reachesDown(wide.minCurrent, narrow.minCurrent) &&
  reachesUp(wide.maxCurrent, narrow.maxCurrent);

function clockCovers(wide: Restrictions, narrow: Restrictions): boolean {
  const days = wide.dayOfWeek ?? [];
  const everyDay = days.length === 0;
  const narrowDays = narrow.dayOfWeek ?? [];
  const sameDays = narrowDays.length > 0 && narrowDays.every((day) => days.includes(day));
  if (!everyDay && !sameDays) return false;
  const windows = windowsOf(wide);
  return windowsOf(narrow).every(([from, to]) =>
    windows.some(([begin, end]) => begin <= from && to <= end),
  );
}

/** Minutes of the day; a window over midnight is two. */
function windowsOf({ startTime, endTime }: Restrictions): [number, number][] {
  const from = startTime === undefined ? 0 : minutesOf(startTime);
  const to = (endTime === undefined ? 0 : minutesOf(endTime)) || DAY_MINUTES;
  if (from === to) return [[0, DAY_MINUTES]];
  if (from < to) return [[from, to]];
  return [
    [0, to],
    [from, DAY_MINUTES],
  ];
}

function minutesOf(clockTime: string): number {
  const [hours = 0, minutes = 0] = clockTime.split(':').map(Number);
  return hours * 60 + minutes;
}

type Limit = number | string;

const reachesDown = (wide: Limit | undefined, narrow: Limit | undefined): boolean =>
  wide === undefined || (narrow !== undefined && wide <= narrow);

const reachesUp = (wide: Limit | undefined, narrow: Limit | undefined): boolean =>
  wide === undefined || (narrow !== undefined && wide >= narrow);
