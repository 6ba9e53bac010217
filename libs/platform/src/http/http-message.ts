import { type Cause } from '@voltledger/kernel';
import { type Role } from './role';

/** Who calls: the key that was shown, never its secret. */
export interface Caller {
  readonly keyId: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** What we use of Fastify's request. `caller` and `cause` are set by the key guard. */
export interface EdgeRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  /** Of the other end of the connection. */
  readonly ip: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
  caller?: Caller;
  cause?: Cause;
}

/** What we use of Fastify's reply. */
export interface EdgeReply {
  readonly sent: boolean;
  readonly statusCode: number;
  status(code: number): EdgeReply;
  header(name: string, value: string): EdgeReply;
  send(body: unknown): unknown;
}

/** The only value of a header; of several, the first. */
export function headerOf(request: Pick<EdgeRequest, 'headers'>, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
