import { type ChargingPeriod } from '@voltledger/contracts';
import { type MilliWattHours } from '@voltledger/kernel';
import { z } from 'zod';
import { atLeastOne, ciString, dateTime, number, optional } from '../shared/primitives';
import { hours, kwh, roundedParts, utc } from '../shared/quantities';

const CDR_DIMENSIONS = [
  'ENERGY',
  'MAX_CURRENT',
  'MIN_CURRENT',
  'MAX_POWER',
  'MIN_POWER',
  'PARKING_TIME',
  'RESERVATION_TIME',
  'TIME',
] as const;
/** Momentary values: a CDR never has them (OCPI-SES-23, OCPI-CDR-18). */
const SESSION_DIMENSIONS = [
  ...CDR_DIMENSIONS,
  'CURRENT',
  'ENERGY_EXPORT',
  'ENERGY_IMPORT',
  'POWER',
  'STATE_OF_CHARGE',
] as const;

const period = <Dimension extends string>(dimensions: readonly Dimension[]) =>
  z.strictObject({
    start_date_time: dateTime,
    dimensions: atLeastOne(z.strictObject({ type: z.enum(dimensions), volume: number })),
    tariff_id: optional(ciString(36)),
  });

export const cdrPeriod = period(CDR_DIMENSIONS);
export const sessionPeriod = period(SESSION_DIMENSIONS);

const kilowattHoursOf = (value: number) => kwh(value as MilliWattHours);

/**
 * Volumes are what was delivered: kWh and hours, 4 decimals, not rounded by any step_size
 * (OCPI-CDR-20). The volumes of each dimension add up to its rounded total.
 */
export function periodsOut(periods: readonly ChargingPeriod[]) {
  const volumes = {
    ENERGY: roundedParts(
      periods.map(({ energy }) => energy),
      kilowattHoursOf,
    ),
    TIME: roundedParts(
      periods.map(({ chargingTime }) => chargingTime),
      hours,
    ),
    PARKING_TIME: roundedParts(
      periods.map(({ parkingTime }) => parkingTime),
      hours,
    ),
    RESERVATION_TIME: roundedParts(
      periods.map(({ reservedTime }) => reservedTime),
      hours,
    ),
  } as const;
  return periods.map((each, index) => ({
    start_date_time: utc(each.startedAt),
    dimensions: dimensionsOf(volumes, index),
    tariff_id: each.tariffId,
  }));
}

type Volumes = Readonly<Record<'ENERGY' | 'TIME' | 'PARKING_TIME' | 'RESERVATION_TIME', number[]>>;

/** A period needs a dimension even when nothing happened in it: then it says that none was drawn. */
function dimensionsOf(volumes: Volumes, index: number) {
  const dimensions = (Object.keys(volumes) as (keyof Volumes)[]).flatMap((type) => {
    const volume = volumes[type][index] ?? 0;
    return volume === 0 ? [] : [{ type, volume }];
  });
  return dimensions.length > 0 ? dimensions : [{ type: 'ENERGY' as const, volume: 0 }];
}
