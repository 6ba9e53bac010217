/** 2.1.1 sends the token as it is; from 2.2 on it is Base64 (OCPI-TRN-03, OCPI-TRN-04). */
export type TokenCoding = 'raw' | 'base64';

const HEADER = /^Token ([\x21-\x7e]+)$/;
/** Printable, non-whitespace ASCII, at most 64 characters (OCPI-CRE-01). */
export const CREDENTIALS_TOKEN = /^[\x21-\x7e]{1,64}$/;

export const authorizationHeader = (token: string, coding: TokenCoding): string =>
  `Token ${coding === 'raw' ? token : Buffer.from(token, 'utf8').toString('base64')}`;

/**
 * The tokens a header may mean, the likeliest first: the decoded value, without the line feed of
 * the standard's own samples, then the value as it is (OCPI-TRN-05, OCPI-TRN-06).
 *
 * @returns an empty list when the header is no OCPI authorization.
 */
export function tokensIn(
  header: string | undefined,
): readonly { token: string; coding: TokenCoding }[] {
  const value = header === undefined ? undefined : HEADER.exec(header)?.[1];
  if (value === undefined) return [];
  const decoded = Buffer.from(value, 'base64')
    .toString('utf8')
    .replace(/\r?\n$/, '');
  const candidates = [
    { token: decoded, coding: 'base64' as const },
    { token: value, coding: 'raw' as const },
  ];
  return candidates.filter(({ token }) => CREDENTIALS_TOKEN.test(token));
}
