import { z } from 'zod';
import { type EnvelopeOf, type EventOf, topic } from './topic';
import { instantSchema, sessionId } from './values';

const erasure = z.object({ erasureId: z.uuid(), at: instantSchema });

/** Services look twice: the second time, nobody can have a key in memory any more. */
const pass = z.int().min(1).max(2);

/** Key: erasure. Published by billing, and answered by every service (domain.md 1.14). */
export const subjectEvents = topic('subject.events.v1', {
  /** The person's keys are destroyed. Every service erases what it keeps besides store and bus. */
  SubjectErased: erasure.extend({
    pass,
    /** A JSON list of what to look for, sealed with a key that lives as long as the erasure. */
    personal: z.string(),
    /** Whose signed records go, too. */
    sessionIds: z.array(sessionId),
    /** What stands where something personal stood. */
    mark: z.string(),
  }),
  /** A service has looked through its tables. */
  RowsErased: erasure.extend({ pass, service: z.string(), rows: z.int().nonnegative() }),
  /** All services have, twice. */
  ErasureCompleted: erasure,
});

export type SubjectEvent = EventOf<typeof subjectEvents>;
export type SubjectEventEnvelope = EnvelopeOf<typeof subjectEvents>;
