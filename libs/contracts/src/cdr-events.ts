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

const session = z.object({ sessionId, at: instantSchema });

/** Who acted by hand: the name of an API key, and which key it was. */
const person = z.object({
  /** The name of the key, or `system`. */
  by: z.string(),
  key: z.string().optional(),
});
const noted = person.extend({ note: z.string() });

/** How a dispute ended: the CDR stands, was taken back, or was taken back and issued anew. */
export const disputeOutcome = z.enum(['rejected', 'withdrawn', 'credited', 'reissued']);
export const disputeResolution = noted.extend({
  disputeId: z.uuid(),
  outcome: disputeOutcome,
});

/** Two people stand behind what a re-rating makes of a CDR (tariff.events, `SessionRerated`). */
const reratingId = z.uuid().optional();

/** Key: session. Published by billing. */
export const cdrEvents = topic('cdr.events.v1', {
  CdrIssued: z.object({ cdr: cdrSchema, seal: cdrSealSchema, reratingId }),
  CdrHeld: session.extend({ reasons: z.array(holdReason).min(1) }),
  /** Above the limit of four eyes: somebody else has to approve of it. */
  CdrReleaseRequested: session.extend({
    ...noted.shape,
    /** What the CDR would bill; absent when it has no price yet. */
    amount: moneySchema.optional(),
  }),
  CdrReleaseRefused: session.extend(noted.shape),
  CdrReleased: session.extend({
    ...noted.shape,
    /** The second pair of eyes: another key than the one that asked. */
    approval: noted.optional(),
  }),
  /** `credit` is a CDR in its own right; partners get it like any other. */
  CdrCredited: person.extend({
    originalId: cdrId,
    credit: cdrSchema,
    seal: cdrSealSchema,
    reason: z.string(),
    reratingId,
  }),
  /** While a dispute is open its CDR is neither credited nor replaced by anything but its end. */
  DisputeOpened: session.extend({
    ...person.shape,
    cdrId,
    disputeId: z.uuid(),
    /** Who disputes it: a partner, a provider, a driver's case number. */
    claimant: z.string(),
    claim: z.string(),
    /** What the claimant does not want to pay. */
    amount: moneySchema.optional(),
  }),
  DisputeResolved: session.extend({ ...disputeResolution.shape, cdrId }),
  /** A re-rating that was not applied, and why: the CDRs stay as they were. */
  ReratingRefused: session.extend({
    reratingId: z.uuid(),
    code: z.string().max(64),
    detail: z.string(),
  }),
});

export type Cdr = z.output<typeof cdrSchema>;
export type Billed = z.output<typeof billedSchema>;
export type BilledLineKind = z.output<typeof billedLineKind>;
export type CdrSeal = z.output<typeof cdrSealSchema>;
export type HoldReason = z.output<typeof holdReason>;
export type DisputeResolution = z.output<typeof disputeResolution>;
export type DisputeOutcome = z.output<typeof disputeOutcome>;
export type CdrEvent = EventOf<typeof cdrEvents>;
export type CdrEventEnvelope = EnvelopeOf<typeof cdrEvents>;
