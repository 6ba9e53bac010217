/** The HTTP edge of this service; OCPI, OICP and OCPP have tables of their own. */
export const HTTP_STATUSES = {
  SESSION_UNKNOWN: 404,
  SESSION_NOT_ACTIVE: 409,
  EVSE_UNKNOWN: 404,
  TOKEN_UNKNOWN: 404,
  TOKEN_BLOCKED: 409,
  START_UNKNOWN: 404,
} as const;
