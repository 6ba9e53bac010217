/** What a refusal is to somebody who asked over HTTP. */
export const HTTP_STATUSES = {
  TARIFF_INVALID: 422,
  TARIFF_UNKNOWN: 404,
  TARIFF_WITHDRAWN: 409,
  TARIFF_NOT_EXPRESSIBLE: 422,
} as const;
