import { z } from 'zod';
import { priceSchema, ratingSchema, tariffSchema } from './tariff';
import { type EnvelopeOf, type EventOf, topic } from './topic';
import { energySchema, hashSchema, instantSchema, locationId, sessionId, tariffId } from './values';

/** Which sessions of the past: those that started in `[from, to)` and meet all that is asked. */
export const pastSessionsSchema = z.object({
  from: instantSchema,
  to: instantSchema,
  /** Priced so far by this tariff, in whatever version. */
  tariffId: tariffId.optional(),
  locationId: locationId.optional(),
  /** `true`: only those nobody knew a price for. */
  withoutPrice: z.boolean().optional(),
});

/** Net and gross sums in millionths of the tariff's currency; gross where taxes are known. */
const revenueSchema = z.object({ beforeTaxes: z.int(), afterTaxes: z.int() });

const rerating = z.object({ reratingId: z.uuid(), at: instantSchema });
const byHand = rerating.extend({
  /** The name of an API key, and which key it was. */
  by: z.string().max(255),
  key: z.string().max(255),
});

/** A re-rating, from the request to the last answer of billing; streams `rerating-<id>`. */
const reratingEvents = {
  ReratingRequested: byHand.extend({
    tariff: tariffSchema,
    contentHash: hashSchema,
    sessions: pastSessionsSchema,
    /** How many there were when it was asked for. */
    total: z.int().nonnegative(),
    reason: z.string().max(1_000),
  }),
  /** All of them are rated anew; what would change can be looked at. */
  ReratingComputed: rerating.extend({
    rated: z.int().nonnegative(),
    changing: z.int().nonnegative(),
    revenue: z.object({ was: revenueSchema, becomes: revenueSchema }),
  }),
  /** By another key than the one that asked. */
  ReratingApproved: byHand.extend({ note: z.string().max(1_000) }),
  ReratingRejected: byHand.extend({ note: z.string().max(1_000) }),
  /** Each session's new price is told; `skipped` had another end or another price by then. */
  ReratingPublished: rerating.extend({
    published: z.int().nonnegative(),
    skipped: z.int().nonnegative(),
  }),
  /** Billing has answered for each. */
  ReratingSettled: rerating.extend({
    reissued: z.int().nonnegative(),
    refused: z.int().nonnegative(),
  }),
};

/** Key: tariff or re-rating, or session where it is about one. Published by tariff. */
export const tariffEvents = topic('tariff.events.v1', {
  ...reratingEvents,
  TariffPublished: z.object({ tariff: tariffSchema, version: z.int().positive() }),
  TariffWithdrawn: z.object({ tariffId, at: instantSchema }),
  /** The tariff a session starts under. */
  TariffSelected: z.object({ sessionId, tariff: tariffSchema, contentHash: hashSchema }),
  /** Nobody knows a price. That is not "free". */
  NoTariffFound: z.object({ sessionId, at: instantSchema }),
  /** What the session costs so far. */
  SessionPriced: z.object({
    sessionId,
    total: priceSchema,
    energy: energySchema,
    rules: z.string(),
    at: instantSchema,
  }),
  /** What the session costs, for good; again when its end is corrected. */
  SessionRated: z.object({
    sessionId,
    /** Revision of the session's end that was rated. */
    throughRevision: z.int().positive(),
    /** Absent when there was no tariff. */
    rating: ratingSchema.optional(),
    at: instantSchema,
  }),
  /**
   * What the session costs by a corrected tariff. One person asked for it, another approved, and
   * both saw what it changes. The CDR is credited and issued anew by this, or the answer says why not.
   */
  SessionRerated: z.object({
    sessionId,
    reratingId: z.uuid(),
    /** Revision of the session's end that was rated. */
    throughRevision: z.int().positive(),
    /** All of the corrected tariff: it takes the place of the frozen one. */
    tariff: tariffSchema,
    contentHash: hashSchema,
    rating: ratingSchema,
    reason: z.string().max(1_000),
    requestedBy: z.string().max(255),
    approvedBy: z.string().max(255),
    at: instantSchema,
  }),
});

export type PastSessions = z.output<typeof pastSessionsSchema>;
export type Revenue = z.output<typeof revenueSchema>;
export type TariffEvent = EventOf<typeof tariffEvents>;
export type TariffEventEnvelope = EnvelopeOf<typeof tariffEvents>;
