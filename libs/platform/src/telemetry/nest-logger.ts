import { type LoggerService } from '@nestjs/common';
import { type Logger } from './logger';

/** What Nest itself has to say, in our log: `nestLogger(logger)` for `NestFactory.create`. */
export function nestLogger(logger: Logger): LoggerService {
  const line =
    (level: 'debug' | 'error' | 'fatal' | 'info' | 'trace' | 'warn') =>
    (message: unknown, ...more: unknown[]): void => {
      const context = more.at(-1);
      const stack = more.length > 1 ? more[0] : undefined;
      const facts = {
        ...(typeof context === 'string' && { context }),
        ...(stack !== undefined && { stack }),
      };
      if (message instanceof Error) logger[level]({ ...facts, err: message }, message.message);
      else logger[level](facts, typeof message === 'string' ? message : JSON.stringify(message));
    };
  return {
    // Nest tells every module and route it has at start; that is for those who look for trouble.
    log: line('debug'),
    error: line('error'),
    warn: line('warn'),
    debug: line('trace'),
    verbose: line('trace'),
    fatal: line('fatal'),
  };
}
