/** `DomainError` codes of this service, at the operator API. */
export const HTTP_STATUSES = {
  OICP_TOKEN_NOT_SENDABLE: 422,
  CDR_NOT_SENDABLE: 422,
  PUSH_NOT_FOUND: 404,
  PUSH_NOT_REFUSED: 409,
  PUSH_OUTDATED: 409,
  OUTBOUND_URL_REFUSED: 422,
} as const;
