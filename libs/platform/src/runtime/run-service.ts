import { type Environment, ConfigurationError } from '../config';
import { ApiKeys, firstKey } from '../http';
import { type ServiceDefinition } from '../service';
import { platformConfigFrom } from './platform-config';
import { settingsHelp } from './settings-help';
import { startServices } from './start-services';
import { migrateAll } from './storage';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Calls `close` once on Ctrl-C or SIGTERM and then ends the process; a second Ctrl-C ends it at once. */
export function closeOnSignals(close: () => Promise<void>): void {
  let closing = false;
  for (const signal of SIGNALS)
    process.on(signal, () => {
      if (closing) process.exit(1);
      closing = true;
      close().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
}

/** What to tell a person whose start did not work, and how to go on. */
export function startProblem(error: unknown, environment: Environment): string {
  if (error instanceof ConfigurationError) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return `${message}\nThat port is taken. Stop what uses it, or choose another (HTTP_PORT, OCPP_PORT).`;
  if (code === 'ECONNREFUSED')
    return `PostgreSQL does not answer at ${withoutPassword(environment['DATABASE_URL'])}. Is it running?`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * `main.ts` of a service that runs alone. Settings come from the environment. With `--migrate` it
 * brings its schemas up to date and ends: before an upgrade, where starting services may not.
 */
export async function runService(
  service: ServiceDefinition,
  environment: Environment,
): Promise<void> {
  if (process.argv.slice(2).some((argument) => argument === '--help' || argument === '-h')) {
    console.log(settingsHelp(service));
    return;
  }
  try {
    if (process.argv.includes('--migrate')) {
      await migrateAll(platformConfigFrom(environment).databaseUrl, [service]);
      console.log(`${service.name}: the schemas are up to date`);
      return;
    }
    const { app, url, close } = await startServices([service], { environment });
    closeOnSignals(close);
    const key = await firstKey(app.get(ApiKeys), environment);
    if (key !== undefined)
      console.log(`The first key of the operator API, an admin's, is shown this once: ${key}`);
    console.log(`${service.name} runs at ${url}`);
  } catch (error) {
    console.error(startProblem(error, environment));
    process.exitCode = 1;
  }
}

function withoutPassword(url: string | undefined): string {
  if (url === undefined || !URL.canParse(url)) return 'DATABASE_URL';
  const { host, pathname } = new URL(url);
  return host + pathname;
}
