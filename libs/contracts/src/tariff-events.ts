import { z } from 'zod';
import { priceSchema, ratingSchema, tariffSchema } from './tariff';
import { type EnvelopeOf, type EventOf, topic } from './topic';
import { energySchema, hashSchema, instantSchema, sessionId, tariffId } from './values';

/** Key: tariff, or session where it is about one. Published by tariff. */
export const tariffEvents = topic('tariff.events.v1', {
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

export type TariffEvent = EventOf<typeof tariffEvents>;
export type TariffEventEnvelope = EnvelopeOf<typeof tariffEvents>;
