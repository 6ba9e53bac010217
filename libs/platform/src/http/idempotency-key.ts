import { contentHash } from '../identity';
import { badIdempotencyKey } from './edge-refusals';
import { type EdgeRequest, headerOf } from './http-message';

const CHANGING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

export const isChanging = ({ method }: Pick<EdgeRequest, 'method'>): boolean =>
  CHANGING.has(method);

/**
 * The caller's `Idempotency-Key`, where the request changes anything.
 *
 * @throws DomainError IDEMPOTENCY_KEY_MALFORMED
 */
export function idempotencyKeyOf(request: EdgeRequest): string | undefined {
  const key = isChanging(request) ? headerOf(request, 'idempotency-key') : undefined;
  if (key !== undefined && !/^[\x21-\x7e]{1,255}$/.test(key)) throw badIdempotencyKey();
  return key;
}

/** Equal for equal requests, whatever the order of the fields. */
export const requestHash = ({ method, url, body }: EdgeRequest): string =>
  contentHash({ method, url, body });
