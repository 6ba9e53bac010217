import { z } from 'zod';
import { type Environment, configFrom } from '../config';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export const telemetryConfig = z.object({
  /** Default `info`; in tests (`NODE_ENV=test`) `silent`. */
  LOG_LEVEL: z.enum(LEVELS).optional(),
  NODE_ENV: z.string().optional(),
});

export type LogLevel = (typeof LEVELS)[number];

/** @throws ConfigurationError */
export function logLevelFrom(environment: Environment): LogLevel {
  const { LOG_LEVEL, NODE_ENV } = configFrom(telemetryConfig, environment);
  return LOG_LEVEL ?? (NODE_ENV === 'test' ? 'silent' : 'info');
}
