import { createHash } from 'node:crypto';

/** One signed value as the transparency software reads it (domain.md 3.6). */
export interface TransparentValue {
  readonly transactionId: string;
  readonly context: 'Transaction.Begin' | 'Transaction.End' | 'Sample.Periodic';
  /** Such as `OCMF`. */
  readonly format: string;
  /** The record's own text. */
  readonly data: string;
  /** Hexadecimal or base64; empty where none is registered. */
  readonly publicKey: string;
}

/**
 * A file for the S.A.F.E. transparency software: `values/value/signedData`, with `publicKey` beside
 * it. Records are written in base64, so that the same bytes come out whatever an XML reader does.
 */
export function transparencyXml(values: readonly TransparentValue[]): string {
  const rows = values.map(
    ({ transactionId, context, format, data, publicKey }) =>
      `  <value transactionId="${escaped(transactionId)}" context="${context}">\n` +
      `    <signedData format="${escaped(format)}" encoding="base64">${base64(data)}</signedData>\n` +
      (publicKey === ''
        ? ''
        : `    <publicKey encoding="${keyEncoding(publicKey)}">${escaped(publicKey)}</publicKey>\n`) +
      '  </value>\n',
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<values>\n${rows.join('')}</values>\n`;
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

const keyEncoding = (key: string): string => (/^[0-9a-f\s]+$/i.test(key) ? 'plain' : 'base64');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Characters that XML 1.0 has no place for are left out. */
const escaped = (text: string): string =>
  text
    .replace(/[&<>"]/g, (found) => ENTITIES[found] ?? found)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');

/** SHA-256 of a record's own text, hexadecimal. */
export const recordHash = (data: string): string =>
  createHash('sha256').update(data, 'utf8').digest('hex');
