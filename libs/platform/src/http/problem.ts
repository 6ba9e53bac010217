import { HttpException } from '@nestjs/common';
import { DomainError, RevisionConflict } from '@voltledger/kernel';
import { type BrokenRule } from './broken-rules';
import { InvalidInput } from './parsed-by';

/** The body of every error answer: RFC 9457, `application/problem+json`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Stable, for programs. */
  readonly code: string;
  /** Find it in the log with this. */
  readonly requestId: string;
  readonly errors?: readonly BrokenRule[];
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** `DomainError` code to HTTP status. */
export type HttpStatuses = Readonly<Record<string, number>>;

interface Named {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly BrokenRule[];
  readonly facts?: Readonly<Record<string, unknown>>;
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'A key is needed',
  403: 'Not with this key',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Too slow',
  409: 'Conflict',
  413: 'Body too large',
  415: 'Unsupported media type',
  422: 'Refused',
  429: 'Too many requests',
  500: 'Our mistake',
  502: 'Bad gateway',
  503: 'Not available',
  504: 'No answer in time',
};

const titleOf = (status: number): string => TITLES[status] ?? 'Error';
const codeOf = (status: number): string =>
  titleOf(status) === 'Error'
    ? `HTTP_${status}`
    : titleOf(status).toUpperCase().replace(/\W+/g, '_');

export const problem = (named: Named, requestId: string): Problem => ({
  type: `urn:voltledger:problem:${named.code.toLowerCase().replaceAll('_', '-')}`,
  title: titleOf(named.status),
  status: named.status,
  detail: named.detail,
  code: named.code,
  requestId,
  ...(named.errors && { errors: named.errors }),
  ...(named.facts && Object.keys(named.facts).length > 0 && { facts: named.facts }),
});

/** A refusal whose code no service's table lists: ours to add, so it is reported as well. */
export const isUnlisted = (error: unknown, statuses: HttpStatuses): boolean =>
  error instanceof DomainError && !Object.hasOwn(statuses, error.code);

/** Turns anything thrown into an answer. Of a bug it tells nothing but where to look. */
export function problemFrom(error: unknown, statuses: HttpStatuses, requestId: string): Problem {
  return problem(named(error, statuses, requestId), requestId);
}

function named(error: unknown, statuses: HttpStatuses, requestId: string): Named {
  if (error instanceof InvalidInput)
    return {
      status: 400,
      code: 'INVALID_INPUT',
      detail: `${error.rules.length} rule(s) broken: ${error.message}`,
      errors: error.rules,
    };
  if (error instanceof DomainError)
    return {
      status: statuses[error.code] ?? 422,
      code: error.code,
      detail: error.message,
      facts: error.facts,
    };
  if (error instanceof RevisionConflict)
    return {
      status: 409,
      code: 'CONCURRENT_CHANGE',
      detail: 'Others keep changing this. Try again.',
    };
  if (error instanceof HttpException && error.getStatus() < 500)
    return {
      status: error.getStatus(),
      code: codeOf(error.getStatus()),
      detail: error.message,
    };
  return {
    status: 500,
    code: 'INTERNAL_ERROR',
    detail: `Something went wrong on our side. It is in the log under ${requestId}.`,
  };
}
