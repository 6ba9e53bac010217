/** An answer of the broker's, as it goes out. */
export interface HubjectAnswer {
  readonly status: number;
  readonly body: object | string;
}

const statusCode = (
  code: string,
  description: string | null = null,
  info: string | null = null,
) => ({
  Code: code,
  Description: description,
  AdditionalInfo: info,
});

/** HTTP 200; optional members are there, as null. */
export const acknowledged = (
  code: string,
  description: string | null = null,
  sessionId: string | null = null,
): HubjectAnswer => ({
  status: 200,
  body: {
    Result: code === '000',
    StatusCode: statusCode(code, description),
    SessionID: sessionId,
    CPOPartnerSessionID: null,
    EMPPartnerSessionID: null,
  },
});

/** An HTTP error that says why in a status code, without a Result. */
export const failed = (status: number, code: string, description: string): HubjectAnswer => ({
  status,
  body: { StatusCode: statusCode(code, description) },
});

export const authorized = (
  granted: { readonly sessionId: string; readonly providerId: string } | undefined,
  code: string,
  cpoPartnerSessionId: string | null,
): HubjectAnswer => ({
  status: 200,
  body: {
    SessionID: granted?.sessionId ?? null,
    CPOPartnerSessionID: cpoPartnerSessionId,
    EMPPartnerSessionID: null,
    ProviderID: granted?.providerId ?? null,
    AuthorizationStatus: granted ? 'Authorized' : 'NotAuthorized',
    StatusCode: statusCode(code),
    AuthorizationStopIdentifications: null,
  },
});

export const invalid = (
  problems: readonly { readonly field: string; readonly message: string }[],
): HubjectAnswer => ({
  status: 400,
  body: {
    extendedInfo: null,
    message: 'Error parsing/validating JSON.',
    validationErrors: problems.map(({ field, message }) => ({
      fieldReference: field,
      errorMessage: message,
    })),
  },
});

export const forbidden: HubjectAnswer = {
  status: 403,
  body: '<html><head><title>403 Forbidden</title></head><body>Forbidden</body></html>',
};
