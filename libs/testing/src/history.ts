import { type Decider, type DomainEvent } from '@voltledger/kernel';

/** What happens to a new aggregate when it gets these commands, one after the other. */
export function historyOf<State, Command, Event extends DomainEvent>(
  { initial, decide, evolve }: Decider<State, Command, Event>,
  ...commands: readonly Command[]
): Event[] {
  const events: Event[] = [];
  let state = initial;
  for (const command of commands) {
    const decided = decide(command, state);
    events.push(...decided);
    state = decided.reduce(evolve, state);
  }
  return events;
}
