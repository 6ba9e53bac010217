/** JSON schema's "integer" knows no bounds; ours is what JavaScript counts exactly. */
export const wholeNumber = (value: number | undefined): number | undefined =>
  Number.isSafeInteger(value) ? value : undefined;

/** As `wholeNumber`, and nothing below 0. */
export const countingNumber = (value: number | undefined): number | undefined =>
  Number.isSafeInteger(value) && (value ?? -1) >= 0 ? value : undefined;
