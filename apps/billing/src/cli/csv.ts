const NEEDS_QUOTES = /[",\r\n]/;

/** One record as RFC 4180 has it, with its line end. */
export const csvRecord = (fields: readonly string[]): string =>
  `${fields.map(csvField).join(',')}\r\n`;

const csvField = (text: string): string =>
  NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
