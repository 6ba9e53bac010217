import { once } from 'node:events';
import { type Instant, parseInstant } from '@voltledger/kernel';
import {
  EXIT,
  type ExitCode,
  WrongArguments,
  optionsOf,
  runCommand,
  withDatabase,
} from './cli/command';
import { meantBy, storyAsJson, storyAsText } from './cli/story-report';

const USAGE = `Tells how a session came to cost what it costs: from the station's frames over readings, price and
CDR to what partners said and what was posted, in one timeline.

    npm run -s story -- SESSION [--at T] [--json] [--database-url URL]

SESSION           a session's id, the first eight digits of it or more, or the id of one of its CDRs
--at T            as we knew it at T (RFC 3339): what was recorded later is left out
--json            one JSON document
--database-url U  read from there; default DATABASE_URL, else the network in this folder.
                  In several processes: billing's database
--help            this text

Times are when we recorded it, in UTC; [at …] when it happened by the word of who reports it.
Exit code 0: told. 1: there is no such session, or nothing could be read. 2: wrong arguments.`;

const OPTIONS = {
  at: { type: 'string' },
  json: { type: 'boolean' },
  'database-url': { type: 'string' },
  help: { type: 'boolean' },
} as const;

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

async function story(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = optionsOf(args, OPTIONS);
  if (values.help) {
    console.log(USAGE);
    return EXIT.done;
  }
  const [wanted, ...others] = positionals;
  if (wanted === undefined || others.length > 0) throw new WrongArguments('Name one session.');
  const at = values.at === undefined ? undefined : timeOf(values.at);
  return withDatabase(values['database-url'], async (database) => {
    const [sessionId, ...more] = await meantBy(database, wanted);
    if (sessionId === undefined || more.length > 0) return unclear(wanted, more.length > 0);
    const tell = values.json ? storyAsJson : storyAsText;
    if ((await tell(database, sessionId, at, write)) > 0) return EXIT.done;
    console.error(`Nothing of session ${sessionId} was recorded by ${values.at ?? 'now'}.`);
    return EXIT.problems;
  });
}

function unclear(wanted: string, isSeveral: boolean): ExitCode {
  console.error(
    isSeveral
      ? `Several sessions begin with ${wanted}: give more of the id.`
      : `There is no session or CDR ${wanted}, or its story was forgotten (BILLING_STORY_DAYS).`,
  );
  return EXIT.problems;
}

function timeOf(text: string): Instant {
  const time = parseInstant(text);
  if (time === undefined) throw new WrongArguments(`--at: must be an RFC 3339 time, not ${text}`);
  return time;
}

void runCommand(() => story(process.argv.slice(2)));
