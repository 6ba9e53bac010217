import { type IncomingMessage, request as httpRequest, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { DomainError } from '@voltledger/kernel';
import { type OutboundPolicy, guardedLookup, outboundUrlSyntax } from './outbound-url';

/** A client certificate, and whom to trust instead of the system's list. PEM. */
export interface ClientCertificate {
  readonly certificate: string;
  readonly privateKey: string;
  readonly passphrase?: string;
  readonly trusted?: string;
}

export interface JsonRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; text is sent as it stands. */
  readonly body?: unknown;
  /** From the first byte sent to the last received. Default 30 s. */
  readonly timeoutMs?: number;
  /** Of the answer. Default 5 MiB. */
  readonly answerBytesMax?: number;
  readonly signal?: AbortSignal;
  readonly policy: OutboundPolicy;
  readonly certificate?: ClientCertificate;
}

export interface JsonAnswer {
  readonly status: number;
  /** Names in lower case; of a repeated header, all values joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** undefined when the text is no JSON. */
  readonly body: unknown;
  /** As it came: numbers with all their digits. */
  readonly text: string;
}

/** No answer came. Whether the other side did what was asked is not known. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';

  constructor(
    readonly reason: 'timeout' | 'aborted' | 'too-large' | 'broken',
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

const TIMEOUT_MS = 30_000;
const ANSWER_BYTES_MAX = 5 * 1_048_576;
const AGENT = { keepAlive: true, keepAliveMsecs: 10_000, maxFreeSockets: 16, timeout: 60_000 };

const agents = [true, false].map((allowPrivate) => ({
  http: new HttpAgent({ ...AGENT, lookup: guardedLookup({ allowPrivate }) }),
  https: new HttpsAgent({ ...AGENT, lookup: guardedLookup({ allowPrivate }) }),
}));

/**
 * One request to somebody else's server. Follows no redirects, sends nothing to addresses the policy
 * refuses, and takes no more than is allowed.
 *
 * @throws DomainError OUTBOUND_URL_REFUSED. NoAnswer when the answer did not come whole and in time.
 */
export async function fetchJson(outgoing: JsonRequest): Promise<JsonAnswer> {
  const url = outboundUrlSyntax(outgoing.url, outgoing.policy);
  const { timeoutMs = TIMEOUT_MS, signal } = outgoing;
  const late = AbortSignal.timeout(timeoutMs);
  const end = signal ? AbortSignal.any([signal, late]) : late;
  try {
    const answer = await send(url, outgoing, end);
    const text = await readText(answer, outgoing.answerBytesMax ?? ANSWER_BYTES_MAX);
    return { status: answer.statusCode ?? 0, headers: headersOf(answer), text, body: jsonOf(text) };
  } catch (error) {
    throw failure(error, late.aborted ? timeoutMs : undefined, signal);
  }
}

/** Why there is no answer; what already says so stays as it is. */
function failure(error: unknown, lateAfterMs: number | undefined, signal?: AbortSignal): unknown {
  if (error instanceof DomainError || error instanceof NoAnswer) return error;
  if (signal?.aborted) return new NoAnswer('aborted', 'the request was given up', error);
  if (lateAfterMs !== undefined)
    return new NoAnswer('timeout', `no answer within ${lateAfterMs} ms`, error);
  return new NoAnswer('broken', error instanceof Error ? error.message : 'failed', error);
}

function send(url: URL, outgoing: JsonRequest, signal: AbortSignal): Promise<IncomingMessage> {
  const agent = agents[outgoing.policy.allowPrivate ? 0 : 1];
  const secure = url.protocol === 'https:';
  const body = bodyOf(outgoing.body);
  const options = {
    method: outgoing.method ?? 'GET',
    headers: requestHeaders(outgoing, body),
    agent: secure ? agent?.https : agent?.http,
    signal,
    ...tlsOptions(outgoing.certificate),
  };
  return new Promise((resolve, reject) => {
    const sent = (secure ? httpsRequest : httpRequest)(url, options, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
}

const bodyOf = (body: unknown): Buffer | undefined => {
  if (body === undefined) return undefined;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
};

const requestHeaders = ({ headers }: JsonRequest, body: Buffer | undefined) => ({
  accept: 'application/json',
  'accept-encoding': 'identity',
  ...(body && { 'content-type': 'application/json', 'content-length': body.byteLength }),
  ...headers,
});

const tlsOptions = (own?: ClientCertificate) =>
  own && {
    cert: own.certificate,
    key: own.privateKey,
    ...(own.passphrase !== undefined && { passphrase: own.passphrase }),
    ...(own.trusted !== undefined && { ca: own.trusted }),
  };

async function readText(answer: IncomingMessage, bytesMax: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) {
      answer.destroy();
      throw new NoAnswer('too-large', `the answer has more than ${bytesMax} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
