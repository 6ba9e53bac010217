import { z } from 'zod';
import { isBrokerSessionId } from '../shared/identifiers';
import { inOneSpelling, reading } from './reading';
import { meaningOf } from './status-codes';

/** An HTTP answer of the broker, its body decoded to text. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

/** One member of our request the broker did not like, by its JSON Pointer (OICP-ACK-03). */
export interface FieldProblem {
  readonly pointer: string;
  readonly problem: string;
}

/** Session references an answer may carry. */
export interface SessionReferences {
  readonly oicpSessionId?: string | undefined;
  readonly empPartnerSessionId?: string | undefined;
}

/**
 * What an answer means. HTTP 200 alone is no success, and an HTTP error often carries the code that
 * explains it, so both are read (OICP-ACK-01, -02).
 *
 * - `refused`: a business decision, by its code. Repeating it changes nothing, but for the codes
 *   whose meaning says otherwise.
 * - `invalid`: HTTP 400; the JSON broke the broker's schema.
 * - `throttled`: HTTP 429.
 * - `failed`: nothing to be understood; whether the broker did what was asked is not known.
 */
export type Answer<Accepted> =
  | ({ readonly outcome: 'accepted' } & Accepted)
  | Refused
  | { readonly outcome: 'invalid'; readonly problems: readonly FieldProblem[] }
  | { readonly outcome: 'throttled' }
  | { readonly outcome: 'failed'; readonly detail: string };

export interface Refused {
  readonly outcome: 'refused';
  readonly code: string;
  readonly detail: string;
  readonly httpStatus: number;
}

const statusCode = z.object({
  Code: z.string(),
  Description: z.string().optional(),
  AdditionalInfo: z.string().optional(),
});

const acknowledgement = reading({
  Result: z.boolean().optional(),
  StatusCode: statusCode.optional(),
  SessionID: z.string().optional(),
  EMPPartnerSessionID: z.string().optional(),
});

const authorizationStart = reading({
  AuthorizationStatus: z.string().optional(),
  StatusCode: statusCode.optional(),
  SessionID: z.string().optional(),
  ProviderID: z.string().optional(),
  EMPPartnerSessionID: z.string().max(250).optional(),
});

const invalidRequest = z.object({
  message: z.string().optional(),
  validationErrors: z.array(z.object({ fieldReference: z.string(), errorMessage: z.string() })),
});

/** Answers to pushes, notifications and CDRs. */
export function acknowledgementIn(answer: HttpAnswer): Answer<SessionReferences> {
  return read(answer, acknowledgement, ({ Result, SessionID, EMPPartnerSessionID }) =>
    Result === true
      ? { oicpSessionId: SessionID, empPartnerSessionId: EMPPartnerSessionID }
      : undefined,
  );
}

export interface GrantedAuthorization {
  readonly oicpSessionId: string;
  readonly providerId: string;
  readonly empPartnerSessionId?: string | undefined;
}

/** `Authorized` only with the SessionID and ProviderID it has to bring (OICP-AUT-04, -11). */
export function authorizationIn(answer: HttpAnswer): Answer<GrantedAuthorization> {
  return read(answer, authorizationStart, (body) => {
    const { AuthorizationStatus, SessionID, ProviderID, EMPPartnerSessionID } = body;
    if (AuthorizationStatus !== 'Authorized' || ProviderID === undefined) return undefined;
    if (SessionID === undefined || !isBrokerSessionId(SessionID)) return undefined;
    return {
      oicpSessionId: SessionID,
      providerId: ProviderID,
      empPartnerSessionId: EMPPartnerSessionID,
    };
  });
}

interface WithStatusCode {
  readonly StatusCode?: z.output<typeof statusCode> | undefined;
}

function read<Body extends WithStatusCode, Accepted>(
  { status, text }: HttpAnswer,
  schema: z.ZodType<Body>,
  accepted: (body: Body) => Accepted | undefined,
): Answer<Accepted> {
  if (status === 429) return { outcome: 'throttled' };
  const json = parsedJson(text);
  const invalid = status === 400 ? invalidRequest.safeParse(inOneSpelling(json)) : undefined;
  if (invalid?.success) return invalidIn(invalid.data);
  const body = schema.safeParse(json);
  if (!body.success) return unreadable(status, text);
  const isSuccess = status >= 200 && status < 300;
  const result = isSuccess ? accepted(body.data) : undefined;
  if (result !== undefined) return { outcome: 'accepted', ...result };
  const code = body.data.StatusCode;
  if (!code) return unreadable(status, text);
  return { outcome: 'refused', code: code.Code, detail: detailOf(code), httpStatus: status };
}

function detailOf({ Code, Description, AdditionalInfo }: z.output<typeof statusCode>): string {
  return [Description ?? meaningOf(Code).meaning, AdditionalInfo].filter(Boolean).join(': ');
}

/** HTML from a gateway, an empty body, JSON of another shape: no decision of the broker's. */
const unreadable = (status: number, text: string) =>
  ({ outcome: 'failed', detail: `HTTP ${status}: ${text.slice(0, 200)}` }) as const;

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const invalidIn = ({ validationErrors }: z.output<typeof invalidRequest>) =>
  ({
    outcome: 'invalid',
    problems: validationErrors.map(({ fieldReference, errorMessage }) => ({
      pointer: pointerOf(fieldReference),
      problem: errorMessage,
    })),
  }) as const;

/**
 * The broker names our members in lower camel case with indices, `operatorEvseData.evseDataRecord[0]
 * .plugs`; on the wire they are in Pascal case: `/OperatorEvseData/EvseDataRecord/0/Plugs`.
 */
function pointerOf(fieldReference: string): string {
  const steps = fieldReference.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  return steps.map((step) => `/${step.charAt(0).toUpperCase()}${step.slice(1)}`).join('');
}

/** Whether asking again may help by itself; a refusal never does (OICP-COD-04). */
export function isWorthRepeating(answer: Answer<unknown>): boolean {
  switch (answer.outcome) {
    case 'accepted':
    case 'invalid':
      return false;
    case 'throttled':
    case 'failed':
      return true;
    case 'refused':
      return meaningOf(answer.code).retry === 'backoff';
  }
}
