import { z } from 'zod';
import { chargingPlaceSchema, evseStatus } from './location';
import { chargingState, readingSchema } from './meter';
import { tokenRefSchema } from './token';
import { type EnvelopeOf, type EventOf, topic } from './topic';
import { instantSchema, sessionId, stationId } from './values';

const station = z.object({ stationId });

/** Characters of a frame that are kept; whole frames of real stations are shorter. */
export const FRAME_MAX = 16_384;

/**
 * What every report about a transaction says. `sessionId` is derived from station and transaction
 * id, so that the same report always names the same session.
 */
const transactionReport = station.extend({
  sessionId,
  /** 1.6: the integer we gave; 2.x: the station's own. */
  transactionId: z.string().min(1).max(36),
  /** OCPP 2.x; absent where the station does not number its reports. */
  seqNo: z.int().nonnegative().optional(),
  /** Hash of what was reported, without message ids: equal reports are one fact. */
  fingerprint: z.string(),
  /** The station's time, as sent. */
  reportedAt: instantSchema,
  /** When the frame reached us. */
  arrivedAt: instantSchema,
  /**
   * The call as the station sent it, for whoever has to explain it later: with tokens and signed
   * records masked, and cut when too long.
   */
  frame: z.string().max(FRAME_MAX).optional(),
  /** The station kept it while it was offline. */
  offline: z.boolean(),
  place: chargingPlaceSchema.optional(),
  token: tokenRefSchema.optional(),
  chargingState: chargingState.optional(),
  readings: z.array(readingSchema),
  /** The station answers a RequestStart with it. */
  remoteStartId: z.int().optional(),
  reservationId: z.int().optional(),
});

/** Key: station. What stations tell us, normalised; published by ocpp-gateway. */
export const stationEvents = topic('station.events.v1', {
  StationConnected: station.extend({ ocppVersion: z.string(), at: instantSchema }),
  /** Sent only after the grace time: a quick reconnect is no news. */
  StationDisconnected: station.extend({ at: instantSchema }),
  StationBooted: station.extend({
    vendor: z.string(),
    model: z.string(),
    serialNumber: z.string().optional(),
    firmwareVersion: z.string().optional(),
    reason: z.string().optional(),
    at: instantSchema,
  }),
  ConnectorStatusReported: station.extend({
    stationEvse: z.int().nonnegative(),
    stationConnector: z.int().nonnegative(),
    status: evseStatus,
    /** The station's own word, such as `Preparing`. */
    reported: z.string(),
    /** What it tells of the transaction that runs there (OCPP 1.6 says it nowhere else). */
    chargingState: chargingState.optional(),
    at: instantSchema,
  }),
  /** A driver presents a token; the station waits for `AuthorizationAnswered`. */
  AuthorizationAsked: station.extend({
    requestId: z.uuid(),
    token: tokenRefSchema,
    place: chargingPlaceSchema.optional(),
    at: instantSchema,
  }),
  TransactionStarted: transactionReport.extend({
    /** Set when the station also waits for a verdict on the token. */
    authorizationRequestId: z.uuid().optional(),
  }),
  TransactionUpdated: transactionReport.extend({ authorizationRequestId: z.uuid().optional() }),
  TransactionEnded: transactionReport.extend({
    /** OCPP reason; `Local` when the station gave none. */
    reason: z.string(),
    authorizationRequestId: z.uuid().optional(),
  }),
  /** A stop that fits no transaction: kept whole for an operator, put on no session. */
  OrphanTransactionEnded: station.extend({
    transactionId: z.string(),
    reportedAt: instantSchema,
    token: tokenRefSchema.optional(),
    readings: z.array(readingSchema),
    frame: z.string(),
  }),
  /** How a command from `station.commands.v1` went. `accepted` is a promise, not a fact. */
  CommandAnswered: station.extend({
    commandId: z.uuid(),
    outcome: z.enum(['accepted', 'rejected', 'offline', 'timeout', 'unknown', 'error']),
    detail: z.string().optional(),
    at: instantSchema,
  }),
  /** What the station says of a transaction that was asked about; nothing when it cannot tell. */
  OpenReportsTold: station.extend({
    commandId: z.uuid(),
    sessionId,
    transactionId: z.string(),
    ongoing: z.boolean().optional(),
    /** Whether reports of it still wait at the station. */
    messagesWaiting: z.boolean(),
    at: instantSchema,
  }),
});

export type StationEvent = EventOf<typeof stationEvents>;
export type StationEventEnvelope = EnvelopeOf<typeof stationEvents>;
export type TransactionReport = z.output<typeof transactionReport>;
