import { type Instant, type SessionId } from '@voltledger/kernel';
import { STAGES, type StoryFacts } from './story-entry';
import { type StoryLine } from './story.table';

/** Facts in the order a reader asks for them; whatever else there is comes behind. */
const FIRST = ['state', 'energy', 'tariff', 'cost', 'price', 'held', 'release', 'CDR', 'dispute'];
const TIME = 'YYYY-MM-DDTHH:MM:SS.mmmZ'.length;
const STAGE = Math.max(...STAGES.map(({ length }) => length));
const INDENT = ' '.repeat(TIME + STAGE + '    '.length);

/** How the session stood, one fact a line. */
export function storyHeader(
  sessionId: SessionId,
  at: Instant | undefined,
  facts: StoryFacts,
): string {
  const names = Object.keys(facts).sort((one, other) => order(one) - order(other));
  const width = Math.max(0, ...names.map(({ length }) => length));
  const stood = names.map((name) => `  ${name.padEnd(width)}  ${facts[name] ?? ''}`);
  const until = at === undefined ? 'as it stands now' : `as we knew it at ${at}`;
  return [`Session ${sessionId}, ${until}`, ...stood, ''].map((line) => `${line}\n`).join('');
}

const order = (name: string): number => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);

/** A line of the story with what it rests on below it. Times are ours; the teller's where it differs. */
export function storyLineText({ recordedAt, occurredAt, stage, text, details }: StoryLine): string {
  const then = isSame(recordedAt, occurredAt) ? '' : `  [at ${occurredAt}]`;
  const told = `${full(recordedAt)}  ${stage.padEnd(STAGE)}  ${text}${then}`;
  return [told, ...details.map((detail) => INDENT + detail)].map((line) => `${line}\n`).join('');
}

/** Between an event and its record lie some milliseconds; more is worth telling. */
const WORTH_TELLING_MS = 1_000;
const isSame = (one: Instant, other: Instant): boolean =>
  Math.abs(Date.parse(one) - Date.parse(other)) < WORTH_TELLING_MS;

/** Our instants leave out milliseconds that are zero; in a column they line up. */
const full = (at: Instant): string => new Date(at).toISOString();
