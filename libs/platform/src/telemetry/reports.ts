import { counter } from './metrics';
import { type Logger } from './logger';

/** What was being done when it failed. */
export interface BackgroundWork {
  /** Such as `session.station-events` or `roaming_ocpi.pushes`. A metric's label: few values. */
  readonly work: string;
  readonly correlationId?: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/**
 * Where failures go that no caller waits for: consumers, workers, relays, timers. Counted and
 * logged; whoever reports goes on (tries again) afterwards.
 */
export interface Reports {
  report(error: unknown, work: BackgroundWork): void;
}

export const REPORTS = Symbol('Reports');
export const LOGGER = Symbol('Logger');

export function loggedReports(logger: Logger): Reports {
  const failures = counter({
    name: 'background_failures_total',
    help: 'Failures of work no caller waits for.',
    labelNames: ['work'],
  });
  return {
    report: (error, { work, correlationId, facts }) => {
      failures.inc({ work });
      logger.error(
        { err: error, work, ...(correlationId && { correlationId }), ...facts },
        `${work} failed`,
      );
    },
  };
}
