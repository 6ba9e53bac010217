import { z } from 'zod';
import {
  currencySchema,
  decimalTextSchema,
  energySchema,
  instantSchema,
  moneySchema,
  tariffId,
} from './values';

export const tariffDimension = z.enum(['ENERGY', 'FLAT', 'PARKING_TIME', 'TIME']);

export const priceComponentSchema = z.object({
  dimension: tariffDimension,
  /** Millionths of the tariff's currency per kWh, per hour, or per session. */
  price: z.int(),
  /** Percent, as text. Absent: no VAT is known; `0`: taxed at 0 %. */
  vat: decimalTextSchema.optional(),
  /** Wh for ENERGY, seconds for times; 0 means unrounded. */
  stepSize: z.int().nonnegative(),
});

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM');
const localDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be YYYY-MM-DD');

/** OCPI 2.2.1, mod_tariffs, TariffRestrictions. All that is there must hold. */
export const restrictionsSchema = z.object({
  startTime: clockTime.optional(),
  endTime: clockTime.optional(),
  startDate: localDate.optional(),
  endDate: localDate.optional(),
  minEnergy: energySchema.optional(),
  maxEnergy: energySchema.optional(),
  /** Milliamperes, sum over the phases. */
  minCurrent: z.int().optional(),
  maxCurrent: z.int().optional(),
  /** Milliwatts. */
  minPower: z.int().optional(),
  maxPower: z.int().optional(),
  /** Seconds. */
  minDuration: z.int().nonnegative().optional(),
  maxDuration: z.int().nonnegative().optional(),
  dayOfWeek: z
    .array(z.enum(['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']))
    .optional(),
  reservation: z.enum(['RESERVATION', 'RESERVATION_EXPIRES']).optional(),
});

export const tariffElementSchema = z.object({
  components: z.array(priceComponentSchema).min(1),
  restrictions: restrictionsSchema.optional(),
});

export const priceLimitSchema = z.object({
  /** Millionths of the currency. */
  beforeTaxes: z.int(),
  afterTaxes: z.int().optional(),
});

/** Where the energy comes from. Shown to drivers, priced by nobody (OCPI mod_locations, EnergyMix). */
export const energyMixSchema = z.object({
  green: z.boolean(),
  sources: z.array(z.object({ source: z.string().max(64), percent: decimalTextSchema })).optional(),
  /** Grams per kWh. */
  impacts: z
    .array(z.object({ category: z.string().max(64), amount: decimalTextSchema }))
    .optional(),
  supplier: z.string().max(64).optional(),
  product: z.string().max(64).optional(),
});

/** One price list, whatever OCPI version it came from or goes to. */
export const tariffSchema = z.object({
  tariffId,
  countryCode: z.string().length(2),
  partyId: z.string().length(3),
  currency: currencySchema,
  type: z
    .enum(['AD_HOC_PAYMENT', 'PROFILE_CHEAP', 'PROFILE_FAST', 'PROFILE_GREEN', 'REGULAR'])
    .optional(),
  /** What the driver is shown beside the figures; by ISO 639-1 language. */
  text: z.array(z.object({ language: z.string().length(2), text: z.string().max(512) })).optional(),
  /** A page that explains the tariff. */
  url: z.url().max(255).optional(),
  taxIncluded: z.enum(['YES', 'NO', 'N/A']),
  minPrice: priceLimitSchema.optional(),
  maxPrice: priceLimitSchema.optional(),
  /** Millionths of the currency a payment terminal reserves before it starts (OCPI 2.3.0 payments). */
  preauthorizeAmount: z.int().nonnegative().optional(),
  elements: z.array(tariffElementSchema).min(1),
  energyMix: energyMixSchema.optional(),
  /** In force from here (inclusive) to there (exclusive); absent: open. */
  validFrom: instantSchema.optional(),
  validTo: instantSchema.optional(),
  updatedAt: instantSchema,
});

/** An amount of money on a CDR. `afterTaxes` is absent when no VAT is known. */
export const priceSchema = z.object({
  beforeTaxes: moneySchema,
  afterTaxes: moneySchema.optional(),
  taxes: z.array(
    z.object({ name: z.string(), percent: decimalTextSchema.optional(), amount: moneySchema }),
  ),
});

export const costsSchema = z.object({
  fixed: priceSchema.optional(),
  energy: priceSchema.optional(),
  time: priceSchema.optional(),
  parking: priceSchema.optional(),
  reservation: priceSchema.optional(),
  total: priceSchema,
});

/** Quantities as delivered: not rounded by any step_size. Periods tile the session. */
export const chargingPeriodSchema = z.object({
  startedAt: instantSchema,
  endedAt: instantSchema,
  energy: energySchema,
  /** Milliseconds of charging, of parking, and of being reserved. */
  chargingTime: z.int().nonnegative(),
  parkingTime: z.int().nonnegative(),
  reservedTime: z.int().nonnegative(),
  tariffId: tariffId.optional(),
});

/** What one session costs, and why. */
export const ratingSchema = z.object({
  /** Names the rule set; the same events under the same rules give the same figures. */
  rules: z.string(),
  tariffId,
  tariffHash: z.string(),
  costs: costsSchema,
  energy: energySchema,
  /** Milliseconds; `total` is charging and parking, without a reservation. */
  time: z.object({
    total: z.int().nonnegative(),
    charging: z.int().nonnegative(),
    parking: z.int().nonnegative(),
    reserved: z.int().nonnegative(),
  }),
  periods: z.array(chargingPeriodSchema),
  /** One line per amount: which element, which quantity, which rounding. */
  trace: z.array(z.string()),
});

export type TariffDimension = z.output<typeof tariffDimension>;
export type PriceComponent = z.output<typeof priceComponentSchema>;
export type Restrictions = z.output<typeof restrictionsSchema>;
export type TariffElement = z.output<typeof tariffElementSchema>;
export type EnergyMix = z.output<typeof energyMixSchema>;
export type PriceLimit = z.output<typeof priceLimitSchema>;
export type Tariff = z.output<typeof tariffSchema>;
export type Price = z.output<typeof priceSchema>;
export type Costs = z.output<typeof costsSchema>;
export type ChargingPeriod = z.output<typeof chargingPeriodSchema>;
export type Rating = z.output<typeof ratingSchema>;
