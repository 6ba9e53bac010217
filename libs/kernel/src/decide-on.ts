import { type Decider, type DomainEvent } from './decider';
import { DomainError } from './domain-error';
import {
  type Cause,
  type EventStore,
  type RecordedEvent,
  type Revision,
  RevisionConflict,
  type StreamName,
  streamName,
} from './event-store';

const PAGE = 1_000;
const ATTEMPTS_MAX = 5;
/** How far a stream may grow beyond its snapshot (domain.md 1.11). */
export const SNAPSHOT_EVERY = 200;

export interface Known<State> {
  readonly revision: Revision;
  readonly state: State;
}

/** States of streams worked on lately. Only a cache: the store decides whether it is still true. */
export interface StateCache {
  get(stream: StreamName): Known<unknown> | undefined;
  set(stream: StreamName, known: Known<unknown>): void;
}

export interface Decision<State, Event> extends Known<State> {
  /** What was decided now; empty when nothing was, or when the stream had answered before. */
  readonly events: readonly Event[];
}

/** Everything `decideOn` needs besides the aggregate itself. */
export interface Aggregates {
  readonly store: EventStore;
  readonly cache: StateCache;
}

/**
 * Brings one command to one aggregate: load, decide, append. When another writer was faster it
 * decides again on what that one wrote. The work per command does not grow with the stream.
 *
 * @throws DomainError when the decider refuses. RevisionConflict when others keep being faster.
 */
export async function decideOn<State, Command, Event extends DomainEvent>(
  aggregates: Aggregates,
  decider: Decider<State, Command, Event>,
  id: string,
  command: Command,
  cause: Cause,
): Promise<Decision<State, Event>> {
  const stream = streamName(decider.category, id);
  const cached = aggregates.cache.get(stream) as Known<State> | undefined;
  // A cached state may be behind. An append on it finds that out; a refusal would not, nor would
  // "nothing to do", so those are decided on what the store says.
  const hopeful = cached && attempt(() => decider.decide(command, cached.state));
  if (cached && hopeful && hopeful.length > 0) {
    const decision = await appended(aggregates, decider, {
      stream,
      known: cached,
      events: hopeful,
      cause,
    });
    if (decision) return decision;
  }
  for (let attempts = 1; ; attempts += 1) {
    const known = await stateOf(aggregates, decider, stream);
    const events = decider.decide(command, known.state);
    if (events.length === 0) return { ...known, events };
    const decision = await appended(aggregates, decider, { stream, known, events, cause });
    if (decision) return decision;
    if (attempts === ATTEMPTS_MAX)
      throw new RevisionConflict(stream, known.revision, known.revision + 1);
  }
}

interface Proposal<State, Event> {
  readonly stream: StreamName;
  readonly known: Known<State>;
  readonly events: Event[];
  readonly cause: Cause;
}

/** @returns undefined when another writer was faster. */
async function appended<State, Command, Event extends DomainEvent>(
  { store, cache }: Aggregates,
  decider: Decider<State, Command, Event>,
  { stream, known, events, cause }: Proposal<State, Event>,
): Promise<Decision<State, Event> | undefined> {
  const metadata = { ...cause, schemaVersion: decider.schemaVersion };
  try {
    const { repeated } = await store.append(stream, known.revision, events, metadata);
    if (repeated) return { ...(await stateOf({ store, cache }, decider, stream)), events: [] };
  } catch (error) {
    if (error instanceof RevisionConflict) return undefined;
    throw error;
  }
  const state = events.reduce(decider.evolve, known.state);
  const decided = { state, revision: known.revision + events.length };
  cache.set(stream, decided);
  await keepSnapshot(store, decider, stream, known.revision, decided);
  return { ...decided, events };
}

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

/** The aggregate as it stands now. */
export const currently = <State, Command, Event extends DomainEvent>(
  aggregates: Aggregates,
  decider: Decider<State, Command, Event>,
  id: string,
): Promise<Known<State>> => stateOf(aggregates, decider, streamName(decider.category, id));

async function stateOf<State, Command, Event extends DomainEvent>(
  { store, cache }: Aggregates,
  decider: Decider<State, Command, Event>,
  stream: StreamName,
): Promise<Known<State>> {
  let known = await startingPoint({ store, cache }, decider, stream);
  for (;;) {
    const page = await store.read(stream, known.revision, PAGE);
    let { state } = known;
    for (const recorded of page) state = decider.evolve(state, eventOf(decider, recorded));
    known = { state, revision: known.revision + page.length };
    if (page.length > 0) cache.set(stream, known);
    if (page.length < PAGE) return known;
  }
}

async function startingPoint<State, Command, Event extends DomainEvent>(
  { store, cache }: Aggregates,
  decider: Decider<State, Command, Event>,
  stream: StreamName,
): Promise<Known<State>> {
  const cached = cache.get(stream);
  if (cached) return cached as Known<State>;
  const snapshot = await store.loadSnapshot(stream);
  if (snapshot?.stateVersion === decider.stateVersion)
    return { revision: snapshot.revision, state: snapshot.state as State };
  return { revision: 0, state: decider.initial };
}

/**
 * The event as today's decider knows it.
 *
 * @throws Error when it was written by a newer version of us: guessing would corrupt the state.
 */
export function eventOf<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  { type, data, metadata, stream }: RecordedEvent,
): Event {
  const { schemaVersion } = metadata;
  if (schemaVersion > decider.schemaVersion)
    throw new Error(`${type} in ${stream} has schema version ${schemaVersion}, newer than ours`);
  const event = { type, data };
  return (decider.upcast ? decider.upcast(event, schemaVersion) : event) as Event;
}

async function keepSnapshot<State, Command, Event extends DomainEvent>(
  store: EventStore,
  { stateVersion }: Decider<State, Command, Event>,
  stream: StreamName,
  before: Revision,
  { revision, state }: Known<State>,
): Promise<void> {
  const due = Math.floor(before / SNAPSHOT_EVERY) < Math.floor(revision / SNAPSHOT_EVERY);
  if (due) await store.saveSnapshot(stream, { revision, stateVersion, state });
}
