import { STATUS, type StatusCode } from '@voltledger/ocpi';

/** The OCPI edge: refusals by their code, as HTTP status and OCPI status code (section H). */
export const STATUS_OF_REFUSAL: Readonly<
  Record<string, { readonly http: number; readonly status: StatusCode } | undefined>
> = {
  PARTNER_REGISTERED: { http: 405, status: STATUS.clientError },
  PARTNER_NOT_REGISTERED: { http: 405, status: STATUS.clientError },
  CREDENTIALS_REPLACED: { http: 405, status: STATUS.clientError },
  PARTNER_API_UNUSABLE: { http: 200, status: STATUS.unusableClientApi },
  OUTBOUND_URL_REFUSED: { http: 200, status: STATUS.unusableClientApi },
  VERSION_NOT_OFFERED: { http: 200, status: STATUS.unsupportedVersion },
  ENDPOINTS_MISSING: { http: 200, status: STATUS.missingEndpoints },
  TOKEN_UNKNOWN: { http: 404, status: STATUS.invalidParameters },
};
