import { z } from 'zod';
import { refusal, tokenRefSchema } from './token';
import { type EnvelopeOf, type EventOf, topic } from './topic';
import { instantSchema, sessionId, stationId } from './values';

const command = z.object({ stationId, commandId: z.uuid() });

/** Key: station. What the session service wants from a station; read by the gateway that holds it. */
export const stationCommands = topic('station.commands.v1', {
  AuthorizationAnswered: z.object({
    stationId,
    requestId: z.uuid(),
    verdict: z.discriminatedUnion('status', [
      z.object({ status: z.literal('accepted'), groupId: z.string().optional() }),
      z.object({ status: z.literal('refused'), refusal }),
    ]),
  }),
  StartCharging: command.extend({
    /** Unique per station (OCPP 2.x remoteStartId). */
    remoteStartId: z.int().positive(),
    token: tokenRefSchema,
    stationEvse: z.int().positive().optional(),
    /** Not sent to the station after this. */
    until: instantSchema,
  }),
  StopCharging: command.extend({
    sessionId,
    transactionId: z.string().min(1).max(36),
    until: instantSchema,
  }),
  /** Reports are missing: does the station still have some (OCPP 2.x GetTransactionStatus)? */
  AskTransactionStatus: command.extend({
    sessionId,
    transactionId: z.string().min(1).max(36),
    until: instantSchema,
  }),
});

export type StationCommand = EventOf<typeof stationCommands>;
export type StationCommandEnvelope = EnvelopeOf<typeof stationCommands>;
