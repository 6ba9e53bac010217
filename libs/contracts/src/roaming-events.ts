import { z } from 'zod';
import { authorizationSchema, issuedTokenSchema, refusal } from './token';
import { type EnvelopeOf, type EventOf, topic } from './topic';
import { cdrId, instantSchema, partnerId, sessionId, stationId } from './values';

/** Characters of a partner's answer that are passed on. */
export const ANSWER_MAX = 2_000;

/** What the partner said, as text; cut when it is long. */
const answer = z.string().max(ANSWER_MAX).optional();

/** Key: station for what concerns one, else the partner. Published by both roaming services. */
export const roamingEvents = topic('roaming.events.v1', {
  /** A partner told us about one of its tokens. */
  TokenReceived: z.object({ token: issuedTokenSchema }),
  /** Answers `RoamingAuthorizationRequested`. */
  RoamingAuthorizationAnswered: z.object({
    requestId: z.uuid(),
    stationId,
    answer: z.discriminatedUnion('status', [
      z.object({ status: z.literal('accepted'), authorization: authorizationSchema }),
      z.object({ status: z.literal('refused'), refusal }),
    ]),
    at: instantSchema,
  }),
  /** A partner wants a driver of its own to charge: OCPI START_SESSION, OICP remote start. */
  RemoteStartRequested: z.object({
    startId: z.uuid(),
    evseUid: z.string(),
    connectorId: z.string().optional(),
    authorization: authorizationSchema,
    at: instantSchema,
    until: instantSchema,
  }),
  /** OCPI STOP_SESSION, OICP remote stop. */
  RemoteStopRequested: z.object({
    commandId: z.uuid(),
    sessionId,
    by: z.string().max(64),
    at: instantSchema,
    until: instantSchema,
  }),
  /** The partner has the CDR, and said so. */
  CdrDelivered: z.object({
    cdrId,
    sessionId,
    protocol: z.enum(['ocpi', 'oicp']),
    partnerId,
    /** Where the partner keeps it, or its own reference. */
    reference: z.string().optional(),
    answer,
    attempts: z.int().positive(),
    at: instantSchema,
  }),
  /** The partner refused it for good: somebody has to look. */
  CdrRejectedByPartner: z.object({
    cdrId,
    sessionId,
    protocol: z.enum(['ocpi', 'oicp']),
    partnerId,
    code: z.string(),
    detail: z.string(),
    answer,
    at: instantSchema,
  }),
});

export type RoamingEvent = EventOf<typeof roamingEvents>;
export type RoamingEventEnvelope = EnvelopeOf<typeof roamingEvents>;
