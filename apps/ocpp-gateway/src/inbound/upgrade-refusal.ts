import { STATUS_CODES } from 'node:http';
import { type Duplex } from 'node:stream';
import { DomainError } from '@voltledger/kernel';

/** Refusals before the upgrade; the operator API has its own table. */
const STATUSES: Readonly<Record<string, number>> = {
  STATION_UNKNOWN: 404,
  CREDENTIALS_WRONG: 401,
  AUTHENTICATION_REQUIRED: 401,
  ENCRYPTION_REQUIRED: 403,
  STATION_ELSEWHERE: 403,
  SUBPROTOCOL_UNSUPPORTED: 400,
};

/** @returns undefined when the error is no refusal but a defect. */
export const refusalStatus = (error: unknown): number | undefined =>
  error instanceof DomainError ? STATUSES[error.code] : undefined;

/** Answers an upgrade with an HTTP status and nothing more (OCPP-J-CONN-04). */
export function refuse(socket: Duplex, status: number): void {
  const reason = STATUS_CODES[status] ?? 'Error';
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    'Connection: close',
    'Content-Type: text/plain',
    `Content-Length: ${Buffer.byteLength(reason)}`,
    ...(status === 401 ? ['WWW-Authenticate: Basic realm="OCPP"'] : []),
  ];
  if (socket.writable) socket.end(`${head.join('\r\n')}\r\n\r\n${reason}`);
}
