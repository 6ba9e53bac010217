import { type Envelope, envelope, succeeded } from '@voltledger/ocpi';
import { type JsonAnswer } from '@voltledger/platform';

/** The partner understood, and said yes or no. */
export type PartnerAnswer =
  | { readonly outcome: 'success'; readonly data: unknown; readonly http: JsonAnswer }
  | {
      readonly outcome: 'refused';
      /** The OCPI status code, or `HTTP 400` where there is none. */
      readonly code: string;
      readonly detail: string;
      readonly http: JsonAnswer;
    };

/** No answer, or one that says nothing of what was asked: asking again may help. */
export class PartnerUnavailable extends Error {
  override readonly name = 'PartnerUnavailable';

  constructor(
    message: string,
    /** The OCPI status code, an HTTP status, or a word of ours. */
    readonly code = 'NO_ANSWER',
    readonly answer?: unknown,
  ) {
    super(message);
  }
}

/** With these the partner judged what it was sent; others are about its server or our access. */
const JUDGED = new Set([400, 404, 409, 422]);
const DETAIL_MAX = 500;

/**
 * What an answer means. Success is told by the status code, not by HTTP alone (OCPI-ENV-06); a 400
 * with an envelope is like 200 with 2001 (Ambiguities 3).
 *
 * @throws PartnerUnavailable for 3xxx, 4xxx, 5xx, 401 and whatever else no resending would change.
 */
export function partnerAnswer(http: JsonAnswer): PartnerAnswer {
  const parsed = envelope.safeParse(http.body);
  const wrapped = parsed.success ? parsed.data : undefined;
  const accepted = http.status >= 200 && http.status < 300;
  if (accepted && wrapped && succeeded(wrapped))
    return { outcome: 'success', data: wrapped.data, http };
  if (isJudgement(http.status, wrapped))
    return {
      outcome: 'refused',
      code: wrapped ? String(wrapped.status_code) : `HTTP ${http.status}`,
      detail: detailOf(http, wrapped),
      http,
    };
  throw new PartnerUnavailable(
    `HTTP ${http.status}: ${detailOf(http, wrapped)}`,
    wrapped ? String(wrapped.status_code) : `HTTP ${http.status}`,
    http.body ?? http.text,
  );
}

function isJudgement(status: number, wrapped: Envelope | undefined): boolean {
  if (JUDGED.has(status)) return !wrapped || wrapped.status_code < 3000;
  const accepted = status >= 200 && status < 300;
  return accepted && wrapped !== undefined && Math.floor(wrapped.status_code / 1000) === 2;
}

const detailOf = ({ text }: JsonAnswer, wrapped: Envelope | undefined): string =>
  (wrapped?.status_message ?? text).slice(0, DETAIL_MAX);
