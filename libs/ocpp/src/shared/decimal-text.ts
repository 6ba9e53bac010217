const NUMBER = /^([+-]?)(\d*\.?\d*)(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * A decimal as stations write it in text: blanks around it and a decimal comma are seen
 * (OCPP-1.6-MV-01).
 */
export function spelledDecimal(text: string): string {
  const trimmed = text.trim();
  return /^[+-]?\d*,\d+$/.test(trimmed) ? trimmed.replace(',', '.') : trimmed;
}

/** `text × 10^power`, digit by digit. @returns undefined when the text is no decimal. */
export function shifted(text: string, power: number): string | undefined {
  const parts = NUMBER.exec(text);
  if (!parts) return undefined;
  const [, sign = '', digits = '', exponent = '0'] = parts;
  return `${sign}${digits}e${Number(exponent) + power}`;
}
