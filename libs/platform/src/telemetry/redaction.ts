const SECRET_NAME =
  /^(?:(?:proxy-)?authorization|(?:set-)?cookie|x-api-key|api_?key|.*password|.*secret|.*token|token_?[abc]|passphrase|private_?key|pfx)$/i;
const BEARER = /\b(Bearer|Basic|Token)\s+[\w.~+/=-]{8,}/g;
const API_KEY = /\b(vl_[0-9a-f]{16})_[\w-]{43}/g;
const URL_PASSWORD = /(:\/\/[^\s:/@]*):[^\s/@]+@/g;
const DEPTH_MAX = 8;
const REDACTED = '[redacted]';

/** Secrets in running text, such as the message of an error. */
export const redactedText = (text: string): string =>
  text
    .replace(BEARER, `$1 ${REDACTED}`)
    .replace(API_KEY, `$1_${REDACTED}`)
    .replace(URL_PASSWORD, `$1:${REDACTED}@`);

/**
 * A copy for the log: text and numbers under a secret's name are replaced, secrets in text too.
 * Deeper than eight levels nothing is shown.
 */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactedText(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth >= DEPTH_MAX) return '[deeper]';
  if (value instanceof Error) return redactedError(value, depth);
  if (value instanceof Date || Buffer.isBuffer(value)) return value;
  if (Array.isArray(value)) return value.map((each) => redacted(each, depth + 1));
  return members(value, depth);
}

const members = (value: object, depth: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      SECRET_NAME.test(name) && isPlain(member) ? REDACTED : redacted(member, depth + 1),
    ]),
  );

const isPlain = (member: unknown): boolean =>
  typeof member === 'string' || typeof member === 'number' || Array.isArray(member);

/** Of what libraries hang on their errors, only this tells: a pg error carries its whole client. */
const TELLING = ['code', 'detail', 'constraint', 'reason', 'facts'];

const redactedError = (error: Error, depth: number): Record<string, unknown> => ({
  type: error.name,
  message: redactedText(error.message),
  stack: error.stack === undefined ? undefined : redactedText(error.stack),
  ...(error.cause !== undefined && { cause: redacted(error.cause, depth + 1) }),
  ...members(telling(error), depth),
});

const telling = (error: Error): object =>
  Object.fromEntries(Object.entries(error).filter(([name]) => TELLING.includes(name)));
