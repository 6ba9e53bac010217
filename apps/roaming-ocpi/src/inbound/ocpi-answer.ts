import { STATUS, type StatusCode, type Wire } from '@voltledger/ocpi';

/** What a partner gets: HTTP status, OCPI status code, and the data for the envelope. */
export interface OcpiAnswer {
  readonly http: number;
  readonly status: StatusCode;
  readonly message?: string;
  readonly data?: Wire | readonly Wire[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** `data` is left out where the standard names none (OCPI-ENV-03). */
export const ok = (data?: OcpiAnswer['data'], headers?: OcpiAnswer['headers']): OcpiAnswer => ({
  http: 200,
  status: STATUS.success,
  ...(data !== undefined && { data }),
  ...(headers && { headers }),
});

export const created = (): OcpiAnswer => ({ http: 201, status: STATUS.success });

/** A request that cannot be done as it is. Answered, never logged as a fault of ours. */
export class OcpiRefusal extends Error {
  override readonly name = 'OcpiRefusal';

  constructor(
    readonly http: number,
    readonly status: StatusCode,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** Valid JSON, wrong content: no HTTP error (OCPI-ENV-08, OCPI-ENV-09). */
export const invalid = (message: string) => new OcpiRefusal(200, STATUS.invalidParameters, message);

export const notFound = (message: string, status: StatusCode = STATUS.clientError) =>
  new OcpiRefusal(404, status, message);

export const unauthorized = () =>
  new OcpiRefusal(401, STATUS.clientError, 'The token is missing, unknown or not for this.');

export const methodNotAllowed = (allowed: readonly string[]) =>
  new OcpiRefusal(405, STATUS.clientError, 'This method is not offered here.', {
    Allow: allowed.join(', '),
  });

export const notJson = () =>
  new OcpiRefusal(400, STATUS.invalidParameters, 'The body is not JSON.');
