import { type Decider, DomainError, type DomainEvent, fold } from '@voltledger/kernel';

export interface Outcome<Event> {
  /** Exactly these events, in this order. */
  then(...expected: Event[]): void;
  thenNothing(): void;
  thenRefused(code: string): void;
}

export interface Given<Command, Event> {
  when(command: Command): Outcome<Event>;
}

/** Given what happened, when asked this, then that happens. */
export const given = <State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  ...history: readonly Event[]
): Given<Command, Event> => ({
  when: (command) => {
    const decide = () => decider.decide(command, fold(decider, history));
    return {
      then: (...expected) => {
        expect(decide()).toEqual(expected);
      },
      thenNothing: () => {
        expect(decide()).toEqual([]);
      },
      thenRefused: (code) => {
        expect(decide).toThrow(DomainError);
        expect(decide).toThrow(expect.objectContaining({ code }));
      },
    };
  },
});
