import { z } from 'zod';
import { chargingPlaceSchema } from './location';
import { signedMeterDataSchema } from './meter';
import { chargingPeriodSchema, costsSchema, tariffSchema } from './tariff';
import { authorizationSchema } from './token';
import { type EnvelopeOf, type EventOf, topic } from './topic';
import {
  cdrId,
  decimalTextSchema,
  energySchema,
  hashSchema,
  instantSchema,
  moneySchema,
  sessionId,
} from './values';

/** What a line of a bill is for. `price-limit`: what a minimum or maximum price adds or takes. */
export const billedLineKind = z.enum([
  'energy',
  'fixed',
  'parking',
  'price-limit',
  'reservation',
  'time',
]);

/**
 * What is owed, and booked: `costs.total` in whole minor units. `lines` add up to `beforeTaxes`;
 * `beforeTaxes` and `taxes` add up to `afterTaxes`.
 */
export const billedSchema = z.object({
  lines: z.array(z.object({ kind: billedLineKind, amount: moneySchema })),
  beforeTaxes: moneySchema,
  taxes: z.array(
    z.object({ name: z.string(), percent: decimalTextSchema.optional(), amount: moneySchema }),
  ),
  afterTaxes: moneySchema,
});

/** A charge detail record as issued: complete in itself, and never changed. */
export const cdrSchema = z.object({
  cdrId,
  sessionId,
  countryCode: z.string().length(2),
  partyId: z.string().length(3),
  startedAt: instantSchema,
  endedAt: instantSchema,
  authorization: authorizationSchema,
  place: chargingPlaceSchema,
  meterStart: energySchema.optional(),
  meterStop: energySchema.optional(),
  energy: energySchema,
  /** Milliseconds. `total` includes parking (OCPI-CDR-21). */
  time: z.object({
    total: z.int().nonnegative(),
    charging: z.int().nonnegative(),
    parking: z.int().nonnegative(),
    reserved: z.int().nonnegative(),
  }),
  periods: z.array(chargingPeriodSchema).min(1),
  tariff: tariffSchema,
  tariffHash: hashSchema,
  /** Exact to the millionth; rounded to minor units once, in `billed`. */
  costs: costsSchema,
  billed: billedSchema,
  /** Which rounding made `billed` out of `costs.total`. */
  roundingPolicy: z.string(),
  ratingRules: z.string(),
  trace: z.array(z.string()),
  signedData: z.array(z.object({ measuredAt: instantSchema, signed: signedMeterDataSchema })),
  issuedAt: instantSchema,
  /** Set on a credit CDR: the CDR it takes back. Only `costs.total` and `billed` are then negative. */
  credits: cdrId.optional(),
  /** Set on a CDR that takes the place of a credited one. */
  replaces: cdrId.optional(),
});

/** Ties a CDR to the one issued before it: `hash = SHA-256(previousHash + contentHash)`. */
export const cdrSealSchema = z.object({
  sequence: z.int().positive(),
  contentHash: hashSchema,
  /** Sixty-four zeros for the first. */
  previousHash: hashSchema,
  hash: hashSchema,
});

export const holdReason = z.object({
  /** Stable, for programs: `NO_TARIFF`, `METER_ANOMALY`, … */
  code: z.string().max(64),
  explanation: z.string(),
  /** What an operator can do about it. */
  remedy: z.string(),
});

/** Key: session. Published by billing. */
export const cdrEvents = topic('cdr.events.v1', {
  CdrIssued: z.object({ cdr: cdrSchema, seal: cdrSealSchema }),
  CdrHeld: z.object({ sessionId, reasons: z.array(holdReason).min(1), at: instantSchema }),
  CdrReleased: z.object({ sessionId, by: z.string(), note: z.string(), at: instantSchema }),
  /** `credit` is a CDR in its own right; partners get it like any other. */
  CdrCredited: z.object({
    originalId: cdrId,
    credit: cdrSchema,
    seal: cdrSealSchema,
    reason: z.string(),
    /** Who took it back: a person, or `system`. */
    by: z.string(),
  }),
});

export type Cdr = z.output<typeof cdrSchema>;
export type Billed = z.output<typeof billedSchema>;
export type BilledLineKind = z.output<typeof billedLineKind>;
export type CdrSeal = z.output<typeof cdrSealSchema>;
export type HoldReason = z.output<typeof holdReason>;
export type CdrEvent = EventOf<typeof cdrEvents>;
export type CdrEventEnvelope = EnvelopeOf<typeof cdrEvents>;
