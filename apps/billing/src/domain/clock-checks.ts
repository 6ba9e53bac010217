import { type HoldReason, type Tariff, type TariffElement } from '@voltledger/contracts';
import { type EndedSession } from './ended-session';
import { clockInDoubt, endBeforeStart } from './hold-reasons';

export function clockReasons(session: EndedSession, tariff: Tariff | undefined): HoldReason[] {
  const { startedAt, endedAt, doubts } = session;
  if (endedAt < startedAt) return [endBeforeStart(startedAt, endedAt)];
  const offClock = doubts.filter(({ kind }) => kind === 'clock');
  return offClock.length > 0 && tariff && chargesTime(tariff) ? [clockInDoubt(offClock)] : [];
}

/** Whether a wrong clock can change the price: time has one, or decides which one holds. */
export const chargesTime = ({ elements }: Tariff): boolean =>
  elements.some((element) => pricesTime(element) || dependsOnTime(element));

const pricesTime = ({ components }: TariffElement): boolean =>
  components.some(
    ({ dimension, price }) => (dimension === 'TIME' || dimension === 'PARKING_TIME') && price !== 0,
  );

const TIME_RESTRICTIONS = [
  'startTime',
  'endTime',
  'startDate',
  'endDate',
  'minDuration',
  'maxDuration',
  'dayOfWeek',
] as const;

const dependsOnTime = ({ restrictions }: TariffElement): boolean =>
  TIME_RESTRICTIONS.some((each) => restrictions?.[each] !== undefined);
