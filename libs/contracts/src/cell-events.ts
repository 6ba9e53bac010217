import { z } from 'zod';
import { type EnvelopeOf, type EventOf, topic } from './topic';
import { instantSchema, stationId } from './values';

/** Name of a region's cell. */
export const regionName = z.string().regex(/^[a-z0-9_]{1,32}$/, 'must be 1 to 32 of a-z, 0-9, _');

/** Where a station is at home. Of two homes the one of the higher epoch holds. */
export const stationHomeSchema = z.object({
  region: regionName,
  /** 1 is where it was first let in; every move counts one up. */
  epoch: z.int().positive(),
});

/** Key: station. Published by the cell in which somebody moved it, and replicated to all others. */
export const cellEvents = topic('cell.events.v1', {
  StationHomeMoved: z.object({
    stationId,
    /** Its EVSEs, by which CDRs know it. */
    evseUids: z.array(z.string().max(36)),
    home: stationHomeSchema,
    by: z.string(),
    note: z.string().optional(),
    at: instantSchema,
  }),
});

export type StationHome = z.output<typeof stationHomeSchema>;
export type CellEvent = EventOf<typeof cellEvents>;
export type CellEventEnvelope = EnvelopeOf<typeof cellEvents>;

/**
 * Whether `home` takes the place of `known`. Two cells that were cut off from each other may have
 * given out the same epoch: both then agree on the region whose name is the later one.
 */
export const isNewerHome = (home: StationHome, known: StationHome | undefined): boolean =>
  known === undefined ||
  home.epoch > known.epoch ||
  (home.epoch === known.epoch && home.region > known.region);
