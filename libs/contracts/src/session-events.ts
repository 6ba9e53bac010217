import { z } from 'zod';
import { chargingPlaceSchema } from './location';
import { chargingState, readingSchema, signedContentSchema, signedMeterDataSchema } from './meter';
import { priceSchema, tariffSchema } from './tariff';
import { authorizationSchema, payerSchema, refusal, tokenRefSchema, tokenSchema } from './token';
import { type EnvelopeOf, type EventOf, topic } from './topic';
import { energySchema, hashSchema, instantSchema, sessionId, stationId } from './values';

const session = z.object({ sessionId });

/** A reading as the session took it: `delivered` counts from the start of the session. */
const takenReading = session.extend({
  ...readingSchema.omit({ signed: true }).shape,
  /** Our best time (domain.md 1.4), never before the session's start. */
  measuredAt: instantSchema,
  /** The station's time as sent, where it differs from `measuredAt`. */
  reportedAt: instantSchema.optional(),
  delivered: energySchema,
  offline: z.boolean(),
});

/**
 * What was found out about one signed record (domain.md 3). `timeUsable` false: energy may be billed
 * by it, time may not (3.4).
 */
const signedVerdict = session.extend({
  measuredAt: instantSchema,
  /** SHA-256 of the record's own text, however it was wrapped on its way. */
  recordHash: hashSchema,
  /** Which format, such as `OCMF`; empty where nobody here knows it. */
  format: z.string().max(50),
  /** Codes of domain.md 3, such as `VERIFY_FAILED`, `NO_PUBLIC_KEY`, `METER_ROLLBACK`. */
  codes: z.array(z.string().max(50)).max(32),
  detail: z.string().max(500),
  timeUsable: z.boolean(),
  /** SHA-256 of the registered key that was used. */
  keyHash: hashSchema.optional(),
  /** What a later record of the session is held against; names nobody. */
  content: signedContentSchema.optional(),
});

export const anomaly = z.enum(['rollback', 'jump', 'replaced', 'gap', 'stuck', 'clock']);

/** Facts about authorizations and remote starts; streams `authorization-<id>`, `start-<id>`. */
const authorizationEvents = {
  AuthorizationRequested: z.object({
    requestId: z.uuid(),
    stationId,
    token: tokenRefSchema,
    place: chargingPlaceSchema.optional(),
    at: instantSchema,
  }),
  /** The whitelist cannot tell: a roaming service has to ask the token's issuer. */
  RoamingAuthorizationRequested: z.object({
    requestId: z.uuid(),
    stationId,
    /** Absent: nobody knows the token, so the hub is asked. */
    token: tokenSchema.optional(),
    presented: tokenRefSchema,
    payer: payerSchema.optional(),
    place: chargingPlaceSchema.optional(),
    /** An answer after this changes nothing. */
    until: instantSchema,
  }),
  Authorized: z.object({
    requestId: z.uuid(),
    stationId,
    authorization: authorizationSchema,
    at: instantSchema,
  }),
  AuthorizationRejected: z.object({
    requestId: z.uuid(),
    stationId,
    presented: tokenRefSchema,
    refusal,
    at: instantSchema,
  }),
  /** Somebody else than the driver at the station wants a session to start. */
  StartRequested: z.object({
    startId: z.uuid(),
    remoteStartId: z.int().positive(),
    stationId,
    place: chargingPlaceSchema,
    authorization: authorizationSchema,
    at: instantSchema,
    until: instantSchema,
  }),
  /** The station promised to start. */
  StartAccepted: z.object({ startId: z.uuid(), at: instantSchema }),
  StartRefused: z.object({
    startId: z.uuid(),
    reason: z.enum(['rejected', 'offline', 'timeout', 'unknown', 'error', 'refused']),
    at: instantSchema,
  }),
  /** The promise was kept. */
  StartFulfilled: z.object({ startId: z.uuid(), sessionId, at: instantSchema }),
  /** Accepted, but no transaction came in time. */
  StartExpired: z.object({ startId: z.uuid(), at: instantSchema }),
};

/** Key: session (or request). The session's story; published by session. */
export const sessionEvents = topic('session.events.v1', {
  ...authorizationEvents,
  SessionStarted: session.extend({
    stationId,
    transactionId: z.string(),
    place: chargingPlaceSchema.optional(),
    /** Absent until somebody vouches for the token: then the CDR is held. */
    authorization: authorizationSchema.optional(),
    refusal: refusal.optional(),
    presented: tokenRefSchema.optional(),
    /** Our best time: the station's own, corrected where its clock is off (domain.md 1.4). */
    startedAt: instantSchema,
    reportedAt: instantSchema,
    meterStart: energySchema.optional(),
    offline: z.boolean(),
    startId: z.uuid().optional(),
  }),
  /** Named late: the station told place or token only after the start. */
  SessionPlaced: session.extend({ place: chargingPlaceSchema }),
  SessionAuthorized: session.extend({ authorization: authorizationSchema }),
  /** The price is fixed now, whatever becomes of the tariff. */
  TariffAttached: session.extend({ tariff: tariffSchema, contentHash: hashSchema }),
  MeterValueRecorded: takenReading,
  SignedDataReceived: session.extend({ measuredAt: instantSchema, signed: signedMeterDataSchema }),
  /** A registered key of the meter confirms the record, and it may be billed by. */
  SignedDataVerified: signedVerdict.extend({ verdict: z.literal('verified') }),
  /** Not by this record: it is wrong, or nobody here can tell. */
  SignedDataRejected: signedVerdict.extend({ verdict: z.enum(['rejected', 'undecided']) }),
  ChargingStateChanged: session.extend({ state: chargingState, at: instantSchema }),
  /** A running figure for people to look at; it is never billed. */
  CostUpdated: session.extend({
    total: priceSchema,
    energy: energySchema,
    rules: z.string(),
    at: instantSchema,
  }),
  StopRequested: session.extend({
    commandId: z.uuid(),
    stationId,
    transactionId: z.string(),
    by: z.string().max(64),
    at: instantSchema,
    until: instantSchema,
  }),
  StopAnswered: session.extend({
    commandId: z.uuid(),
    outcome: z.enum(['accepted', 'rejected', 'offline', 'timeout', 'unknown', 'error']),
    at: instantSchema,
  }),
  /** Out of order: kept until the reports before it are here (domain.md 1.3). */
  ReportSetAside: session.extend({
    /** Absent where the station does not number its reports. */
    seqNo: z.int().optional(),
    fingerprint: z.string(),
    report: z.record(z.string(), z.unknown()),
  }),
  LateDataReceived: session.extend({
    reportedAt: instantSchema,
    arrivedAt: instantSchema,
    verdict: z.enum(['used', 'ignored', 'needs review']),
    readings: z.array(readingSchema),
  }),
  MeterAnomalyFound: session.extend({
    kind: anomaly,
    measuredAt: instantSchema,
    register: energySchema.optional(),
    expected: energySchema.optional(),
    detail: z.string(),
  }),
  SessionEnded: session.extend({
    endedAt: instantSchema,
    meterStop: energySchema.optional(),
    delivered: energySchema,
    reason: z.string(),
    /** Set when this replaces an end that was only estimated. */
    corrects: z.literal('estimate').optional(),
  }),
  /** No end ever came: closed on the energy that is proven (domain.md 1.6). */
  SessionClosedByEstimate: session.extend({
    endedAt: instantSchema,
    meterStop: energySchema.optional(),
    delivered: energySchema,
    basis: z.enum(['next start', 'connector available', 'not known to station', 'age']),
  }),
});

export type SessionEvent = EventOf<typeof sessionEvents>;
export type SessionEventEnvelope = EnvelopeOf<typeof sessionEvents>;
export type Anomaly = z.output<typeof anomaly>;
