import { type Message } from '@voltledger/kernel';

/** By topic: the last message of it that changed a row. */
type Through = Readonly<Record<string, string>>;

/**
 * A projected row, with what it takes to rebuild it while it is in use (rule 7). During a rebuild
 * `state` stays as partners see it and `rebuilding` grows beside it; when the last message that was
 * handled before has come again, one takes the place of the other. Until then nothing is sent.
 */
export interface Kept<State> {
  readonly state: State;
  readonly through: Through;
  readonly rebuild?:
    | {
        readonly state?: State | undefined;
        /** What has to come again before the row is live. */
        readonly awaits: Through;
        /** Something new came in the meantime: the partner has to be told when it is over. */
        readonly owesNews: boolean;
      }
    | undefined;
}

export interface Folded<State> {
  readonly kept: Kept<State>;
  readonly before: State | undefined;
  /** Partners are to hear of the change. */
  readonly isNews: boolean;
}

type Step<State> = (before: State | undefined) => State | undefined;
type Told = Pick<Message, 'id' | 'topic'>;

/** @returns undefined when the message changes nothing. */
export function folded<State>(
  row: Kept<State> | undefined,
  message: Told,
  step: Step<State>,
): Folded<State> | undefined {
  if (row?.rebuild) return replayed(row, row.rebuild, message, step);
  const next = step(row?.state);
  if (next === undefined || next === row?.state) return undefined;
  const through = { ...row?.through, [message.topic]: message.id };
  return { kept: { state: next, through }, before: row?.state, isNews: true };
}

function replayed<State>(
  row: Kept<State>,
  { state: before, awaits, owesNews }: NonNullable<Kept<State>['rebuild']>,
  { topic, id }: Told,
  step: Step<State>,
): Folded<State> | undefined {
  const next = step(before);
  const isNew = !(topic in awaits);
  const remaining = awaits[topic] === id ? without(awaits, topic) : awaits;
  if (next === before && remaining === awaits) return undefined;
  const through = isNew ? { ...row.through, [topic]: id } : row.through;
  const owes = owesNews || isNew;
  if (Object.keys(remaining).length > 0 || next === undefined) {
    const rebuild = { state: next, awaits: remaining, owesNews: owes };
    return { kept: { state: row.state, through, rebuild }, before: row.state, isNews: false };
  }
  return { kept: { state: next, through }, before: row.state, isNews: owes };
}

const without = (through: Through, topic: string): Through =>
  Object.fromEntries(Object.entries(through).filter(([each]) => each !== topic));
