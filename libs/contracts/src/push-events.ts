import { z } from 'zod';
import { type EnvelopeOf, type EventOf, topic } from './topic';
import { ANSWER_MAX } from './roaming-events';
import { instantSchema, sessionId } from './values';

/**
 * Key: session. What partners were told about a session and what they said to it; published by both
 * roaming services, in the transaction that keeps the partner's answer. What became of a CDR is on
 * roaming.events.
 */
export const pushEvents = topic('push.events.v1', {
  PushSettled: z.object({
    sessionId,
    pushId: z.string(),
    protocol: z.enum(['ocpi', 'oicp']),
    /** The partner, or the provider at Hubject. */
    partner: z.string(),
    /** What was told, such as `session`, `session-totals`, `ChargingNotification`. */
    kind: z.string(),
    outcome: z.enum(['delivered', 'refused']),
    /** Where the partner keeps it, or its own reference. */
    reference: z.string().optional(),
    code: z.string().optional(),
    detail: z.string().optional(),
    /** What the partner said, as text; cut when it is long. */
    answer: z.string().max(ANSWER_MAX).optional(),
    attempts: z.int().positive(),
    enqueuedAt: instantSchema,
    at: instantSchema,
  }),
});

export type PushEvent = EventOf<typeof pushEvents>;
export type PushEventEnvelope = EnvelopeOf<typeof pushEvents>;
