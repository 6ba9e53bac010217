/** A fact, named in the past tense. */
export interface DomainEvent {
  readonly type: string;
  readonly data: object;
}

/** Reads events of an older schema version as today's: pure, chained, never written back. */
export type Upcast = (event: DomainEvent, schemaVersion: number) => DomainEvent;

/**
 * An aggregate in three pure pieces. `decide` says what happens next or throws a `DomainError`;
 * `evolve` says what that makes of the state. Time and ids arrive in the command.
 */
export interface Decider<State, Command, Event extends DomainEvent> {
  /** Streams are called `<category>-<id>`. */
  readonly category: string;
  /** The version of the events it writes. */
  readonly schemaVersion: number;
  /** Raised when `State` changes its form: older snapshots are then ignored. */
  readonly stateVersion: number;
  readonly initial: State;
  readonly decide: (command: Command, state: State) => Event[];
  readonly evolve: (state: State, event: Event) => State;
  readonly upcast?: Upcast;
}

export const fold = <State, Event extends DomainEvent>(
  { initial, evolve }: Pick<Decider<State, never, Event>, 'initial' | 'evolve'>,
  events: Iterable<Event>,
): State => {
  let state = initial;
  for (const event of events) state = evolve(state, event);
  return state;
};
