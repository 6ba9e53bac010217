import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseInstant } from '@voltledger/kernel';
import { authorizationHeader, tokensIn } from './authorization-header';
import { nextPage, pageHeaders, pageOf, pageQuery } from './page';
import { ciString, dateTime, sameCiString } from './primitives';

interface Vectors {
  readonly authorization: {
    readonly encode: { token: string; header_2_2: string; header_2_1_1?: string }[];
    readonly accept_on_receipt: { header: string | null; token?: string; result?: string }[];
  };
  readonly datetime: { value: unknown; send_ok: boolean; utc: string | null }[];
  readonly cistring: { a: string; b: string | null; equal?: boolean; valid?: boolean }[];
  readonly pagination: {
    readonly cases: {
      query: string;
      items: number;
      x_total_count: number;
      x_limit: number;
      next: { offset: number; limit: number } | null;
    }[];
  };
}

const vectors = JSON.parse(
  readFileSync(join(__dirname, '../../../../test/vectors/ocpi/wire.json'), 'utf8'),
) as Vectors;

describe('the Authorization header', () => {
  it.each(vectors.authorization.encode)(
    'writes $token in Base64 without a line feed, or as it is in 2.1.1 (OCPI-TRN-03, OCPI-TRN-04)',
    ({ token, header_2_2, header_2_1_1 }) => {
      expect(authorizationHeader(token, 'base64')).toBe(header_2_2);
      if (header_2_1_1) expect(authorizationHeader(token, 'raw')).toBe(header_2_1_1);
    },
  );

  it.each(vectors.authorization.accept_on_receipt)(
    'reads $header (OCPI-TRN-02, OCPI-TRN-05, OCPI-TRN-06)',
    ({ header, token }) => {
      const [likeliest] = tokensIn(header ?? undefined);
      expect(likeliest?.token).toBe(token);
    },
  );

  it('offers the raw value too: some partners never encode (OCPI-TRN-06)', () =>
    expect(tokensIn('Token 2f9b-secret')).toContainEqual({ token: '2f9b-secret', coding: 'raw' }));
});

it.each(vectors.datetime)(
  'takes $value for $utc; as something to send: $send_ok (OCPI-TYP-11 to 14)',
  ({ value, send_ok, utc }) => {
    expect(dateTime.safeParse(value).success).toBe(send_ok);
    expect(typeof value === 'string' ? (parseInstant(value) ?? null) : null).toBe(utc);
  },
);

it.each(vectors.cistring)(
  'compares "$a" with "$b" without regard to case (OCPI-TYP-01)',
  ({ a, b, equal, valid }) => {
    if (b !== null) expect(sameCiString(a, b)).toBe(equal);
    expect(ciString(36).safeParse(a).success).toBe(valid ?? true);
  },
);

it.each(vectors.pagination.cases)(
  'pages 250 objects asked for with "$query" (OCPI-PAG-04 to 10)',
  ({ query, items, x_total_count, x_limit, next }) => {
    const url = new URL(`https://cpo.example/ocpi/cdrs${query}`);
    const page = pageOf(pageQuery.parse(Object.fromEntries(url.searchParams)), 100);
    const headers = pageHeaders(url, page, 250, 100);
    expect(Math.max(0, Math.min(page.limit, 250 - page.offset))).toBe(items);
    expect(headers['X-Total-Count']).toBe(String(x_total_count));
    expect(headers['X-Limit']).toBe(String(x_limit));
    const link = nextPage(headers['Link']);
    const asked = link === undefined ? undefined : new URL(link).searchParams;
    expect(
      asked && { offset: Number(asked.get('offset')), limit: Number(asked.get('limit')) },
    ).toEqual(next ?? undefined);
  },
);
