import { z } from 'zod';
import { evseStatus, locationSchema } from './location';
import { type EnvelopeOf, type EventOf, topic } from './topic';
import { instantSchema, locationId } from './values';

/** Key: location. Published by ocpp-gateway, which owns locations, EVSEs and connectors. */
export const locationEvents = topic('location.events.v1', {
  /** The whole location, EVSEs and connectors included. */
  LocationChanged: z.object({ location: locationSchema }),
  EvseStatusChanged: z.object({
    locationId,
    evseUid: z.string(),
    evseId: z.string(),
    status: evseStatus,
    at: instantSchema,
  }),
});

export type LocationEvent = EventOf<typeof locationEvents>;
export type LocationEventEnvelope = EnvelopeOf<typeof locationEvents>;
