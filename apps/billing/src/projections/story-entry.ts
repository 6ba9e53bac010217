import { type Instant, type SessionId } from '@voltledger/kernel';

/** Where in the chain from the station to the books something happened. In causal order. */
export const STAGES = ['station', 'session', 'price', 'cdr', 'ledger', 'partner'] as const;
export type Stage = (typeof STAGES)[number];

/**
 * What a reader wants to know of the session as it stood at a moment. Later facts of a name take the
 * place of earlier ones; `null`: no longer so.
 */
export type StoryFacts = Readonly<Record<string, string | null>>;

/** What happened, told in a line, with what it rests on. Names no person (see decision 045). */
export interface Told {
  readonly stage: Stage;
  /** When it happened, by whoever reports it; our own time is that of the message. */
  readonly occurredAt: Instant;
  readonly text: string;
  readonly details?: readonly string[];
  readonly facts?: StoryFacts;
}

/** One line of a session's story. */
export interface StoryEntry extends Required<Told> {
  readonly sessionId: SessionId;
  readonly messageId: string;
  readonly type: string;
  /** When we recorded it: the story as of a moment is what was recorded by then. */
  readonly recordedAt: Instant;
  readonly correlationId: string;
}
