import { type PriceComponent, type Restrictions, restrictionsSchema } from '@voltledger/contracts';
import { z } from 'zod';
import { list, optional } from './primitives';
import { amountOf, microsOf, numberOf, scaledNumber } from './price-numbers';

const KWH_DIGITS = 6;
const AMPERE_DIGITS = 3;
const KILOWATT_DIGITS = 6;
/** Beyond any price, energy or power; keeps every figure a safe whole number of millionths. */
const NUMBER_MAX = 1_000_000_000;

/** A number as received: of any number of decimals. */
export const receivedNumber = z.number().min(-NUMBER_MAX).max(NUMBER_MAX);

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM');
const localDate = z
  .string()
  .regex(/^[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be YYYY-MM-DD');
const weekday = z.enum([
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
]);
const count = z.int().nonnegative();

/** PriceComponent as all versions have it: per kWh, hour or session; step in Wh or seconds. */
export const componentFields = <Decimal extends z.ZodType<number>>(decimal: Decimal) => ({
  type: z.enum(['ENERGY', 'FLAT', 'PARKING_TIME', 'TIME']),
  price: decimal,
  step_size: count,
});

/** TariffRestrictions as all versions have them: local times, kWh, kW, seconds. */
export const restrictionFields = <Decimal extends z.ZodType<number>>(decimal: Decimal) => ({
  start_time: optional(clockTime),
  end_time: optional(clockTime),
  start_date: optional(localDate),
  end_date: optional(localDate),
  min_kwh: optional(decimal),
  max_kwh: optional(decimal),
  min_power: optional(decimal),
  max_power: optional(decimal),
  min_duration: optional(count),
  max_duration: optional(count),
  day_of_week: list(weekday),
});

/** What later versions added: amperes, sum over the phases, and reservations. */
export const laterRestrictionFields = <Decimal extends z.ZodType<number>>(decimal: Decimal) => ({
  min_current: optional(decimal),
  max_current: optional(decimal),
  reservation: optional(z.enum(['RESERVATION', 'RESERVATION_EXPIRES'])),
});

type Shape<Fields extends Record<string, z.ZodType>> = z.output<z.ZodObject<Fields>>;
type WireComponent = Shape<ReturnType<typeof componentFields<z.ZodType<number>>>> & {
  readonly vat?: number | undefined;
};
type WireRestrictions = Shape<ReturnType<typeof restrictionFields<z.ZodType<number>>>> &
  Partial<Shape<ReturnType<typeof laterRestrictionFields<z.ZodType<number>>>>>;

export const componentIn = ({ type, price, vat, step_size }: WireComponent): PriceComponent => ({
  dimension: type,
  price: microsOf(price),
  ...(vat !== undefined && { vat: plainDecimal(vat) }),
  stepSize: step_size,
});

/** @returns undefined when nothing is restricted. */
export function restrictionsIn(wire: WireRestrictions | undefined): Restrictions | undefined {
  if (!wire) return undefined;
  const restrictions = {
    startTime: wire.start_time,
    endTime: wire.end_time,
    startDate: wire.start_date,
    endDate: wire.end_date,
    minEnergy: scaled(wire.min_kwh, KWH_DIGITS),
    maxEnergy: scaled(wire.max_kwh, KWH_DIGITS),
    minCurrent: scaled(wire.min_current, AMPERE_DIGITS),
    maxCurrent: scaled(wire.max_current, AMPERE_DIGITS),
    minPower: scaled(wire.min_power, KILOWATT_DIGITS),
    maxPower: scaled(wire.max_power, KILOWATT_DIGITS),
    minDuration: wire.min_duration,
    maxDuration: wire.max_duration,
    dayOfWeek: wire.day_of_week?.length === 0 ? undefined : wire.day_of_week,
    reservation: wire.reservation,
  };
  const set = Object.entries(restrictions).filter((entry) => entry[1] !== undefined);
  return set.length > 0 ? restrictionsSchema.parse(Object.fromEntries(set)) : undefined;
}

export const componentOut = ({ dimension, price, stepSize }: PriceComponent) => ({
  type: dimension,
  price: amountOf(price),
  step_size: stepSize,
});

export const restrictionsOut = (from: Restrictions) => ({
  start_time: from.startTime,
  end_time: from.endTime,
  start_date: from.startDate,
  end_date: from.endDate,
  min_kwh: written(from.minEnergy, KWH_DIGITS),
  max_kwh: written(from.maxEnergy, KWH_DIGITS),
  min_power: written(from.minPower, KILOWATT_DIGITS),
  max_power: written(from.maxPower, KILOWATT_DIGITS),
  min_duration: from.minDuration,
  max_duration: from.maxDuration,
  day_of_week: from.dayOfWeek,
});

export const laterRestrictionsOut = (from: Restrictions) => ({
  min_current: written(from.minCurrent, AMPERE_DIGITS),
  max_current: written(from.maxCurrent, AMPERE_DIGITS),
  reservation: from.reservation,
});

const scaled = (value: number | undefined, digits: number): number | undefined =>
  value === undefined ? undefined : scaledNumber(value, digits);

const written = (value: number | undefined, digits: number): number | undefined =>
  value === undefined ? undefined : numberOf(value, digits);

/** The number's own digits, never `1e-7`. */
export const plainDecimal = (value: number): string => {
  const text = String(value);
  return /e/i.test(text) ? value.toFixed(KWH_DIGITS).replace(/\.?0+$/, '') : text;
};
