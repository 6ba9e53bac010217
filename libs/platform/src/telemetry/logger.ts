import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';
import { type LogLevel } from './config';
import { currentStory } from './correlation';
import { redacted, redactedText } from './redaction';

export type Logger = PinoLogger;

export interface LoggerOptions {
  readonly level: LogLevel;
  /** In every line, as `service`. */
  readonly service: string;
  /** Default: standard output. */
  readonly destination?: DestinationStream;
}

/**
 * One JSON object a line: `level`, `time` (UTC), `service`, `msg`, and the ids of the story it
 * belongs to. Nothing that looks like a secret gets into it.
 */
export const createLogger = ({ level, service, destination }: LoggerOptions): Logger =>
  pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: () => ({ ...currentStory() }),
      formatters: {
        level: (label) => ({ level: label }),
        log: (line) => redacted(line) as Record<string, unknown>,
      },
      serializers: { err: (error: unknown) => error, error: (error: unknown) => error },
      hooks: {
        logMethod(parameters, method) {
          const [first, ...others] = parameters.map((each: unknown) =>
            typeof each === 'string' ? redactedText(each) : each,
          );
          method.apply(this, [first as object, ...(others as [])]);
        },
      },
    },
    destination ?? pino.destination({ sync: false, minLength: 0 }),
  );
