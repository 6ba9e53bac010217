import { DomainError } from '@voltledger/kernel';
import { type HttpStatuses, type Problem } from './problem';

export const keyMissing = () =>
  new DomainError('KEY_MISSING', 'Send your key as `Authorization: Bearer <key>`.');

export const keyUnknown = () =>
  new DomainError('KEY_UNKNOWN', 'This key is not known here, or was revoked.');

export const tooManyWrongKeys = (retryAfterSeconds: number) =>
  new DomainError('TOO_MANY_WRONG_KEYS', 'Too many wrong keys came from your address. Wait.', {
    retryAfterSeconds,
  });

export const roleMissing = (needed: readonly string[]) =>
  new DomainError('ROLE_MISSING', 'Your key may not do this.', { needed });

export const badIdempotencyKey = () =>
  new DomainError(
    'IDEMPOTENCY_KEY_MALFORMED',
    'Idempotency-Key: must be 1 to 255 visible ASCII characters.',
  );

export const idempotencyKeyReused = (key: string) =>
  new DomainError(
    'IDEMPOTENCY_KEY_REUSED',
    'This Idempotency-Key came with another request before. Use a new one.',
    { key },
  );

export const requestInWork = (key: string) =>
  new DomainError('REQUEST_IN_WORK', 'The first request with this key is not done yet.', { key });

export const answerNotKept = (key: string) =>
  new DomainError(
    'ANSWER_NOT_KEPT',
    'This request was done before. Its answer held a secret, which is not kept.',
    { key },
  );

/** A refusal that was recorded, given again word for word. */
export class RecordedRefusal extends Error {
  override readonly name = 'RecordedRefusal';

  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/** What the edge itself refuses; every service adds its own table. */
export const EDGE_HTTP_STATUSES: HttpStatuses = {
  KEY_MISSING: 401,
  KEY_UNKNOWN: 401,
  TOO_MANY_WRONG_KEYS: 429,
  ROLE_MISSING: 403,
  IDEMPOTENCY_KEY_MALFORMED: 400,
  IDEMPOTENCY_KEY_REUSED: 422,
  REQUEST_IN_WORK: 409,
  ANSWER_NOT_KEPT: 409,
  API_KEY_NOT_FOUND: 404,
  LAST_ADMIN_KEY: 409,
  OUTBOUND_URL_REFUSED: 422,
  PUSH_NOT_FOUND: 404,
  PUSH_NOT_REFUSED: 409,
  PUSH_OUTDATED: 409,
  PARKED_MESSAGE_NOT_FOUND: 404,
  STILL_UNREADABLE: 409,
  GROUP_NOT_HERE: 409,
};
