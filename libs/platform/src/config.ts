import { type z } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting is wrong. The message lists every problem by name, one a line. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/**
 * Reads a service's settings, once, before anything starts. Empty values count as not set.
 *
 * @throws ConfigurationError
 */
export function configFrom<Schema extends z.ZodType>(
  schema: Schema,
  environment: Environment,
): z.output<Schema> {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `  ${path.join('.') || '(settings)'}: ${message}`,
  );
  throw new ConfigurationError(`These settings are wrong:\n${problems.join('\n')}`);
}
