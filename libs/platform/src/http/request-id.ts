import { newUuid } from '../identity';
import { type EdgeRequest, headerOf } from './http-message';

/** What we repeat in logs and answers is short and plain: nothing that could break a log line. */
const PLAIN = /^[\w.:-]{1,128}$/;

const plain = (text: string | undefined): string | undefined =>
  text !== undefined && PLAIN.test(text) ? text : undefined;

/** The caller's `x-request-id` where it is usable, otherwise a new one. Returned in the answer. */
export const requestIdOf = (request: Pick<EdgeRequest, 'headers'>): string =>
  plain(headerOf(request, 'x-request-id')) ?? newUuid();

/** The story this request belongs to: `x-correlation-id`, or a story of its own. */
export const correlationIdOf = (request: Pick<EdgeRequest, 'headers' | 'id'>): string =>
  plain(headerOf(request, 'x-correlation-id')) ?? request.id;
