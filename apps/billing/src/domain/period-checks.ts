import { type HoldReason } from '@voltledger/contracts';
import { type EndedSession } from './ended-session';
import { inconsistentPeriods } from './hold-reasons';

/** Charging periods tile the session: no gap, no overlap (domain.md section 1, invariants). */
export function periodReasons({ rating, startedAt, endedAt }: EndedSession): HoldReason[] {
  const charged = rating?.periods.filter(({ reservedTime }) => reservedTime === 0) ?? [];
  let reached = startedAt;
  for (const period of charged) {
    if (period.startedAt !== reached || period.endedAt < period.startedAt)
      return [inconsistentPeriods(`A period starts at ${period.startedAt}, not at ${reached}.`)];
    reached = period.endedAt;
  }
  return charged.length === 0 || reached === endedAt
    ? []
    : [inconsistentPeriods(`The periods end at ${reached}, the session at ${endedAt}.`)];
}
