import { type Cdr } from '@voltledger/contracts';
import { z } from 'zod';
import { atLeastOne, ciString, optional, text } from '../shared/primitives';

const BLOB_MAX = 5_000;
const PUBLIC_KEY_MAX = 512;
const METHOD_MAX = 36;

/** Passed through byte for byte (OCPI-CDR-27), so here a line break is no mistake. */
const blob = z.string().min(1).max(BLOB_MAX);

export const signedData = z.strictObject({
  encoding_method: ciString(METHOD_MAX),
  encoding_method_version: optional(z.int()),
  public_key: optional(text(PUBLIC_KEY_MAX)),
  signed_values: atLeastOne(
    z.strictObject({ nature: ciString(32), plain_data: blob, signed_data: blob }),
  ),
  url: optional(text(512)),
});

type Records = Cdr['signedData'];
type Record = Records[number];

/**
 * The station's signed records: `plain_data` as the station sent it, `signed_data` the same bytes
 * in Base64.
 *
 * @returns undefined when there are none, or when one does not fit into OCPI: half a proof would
 *   look like a whole one.
 */
export function signedDataOut(records: Records): z.input<typeof signedData> | undefined {
  const [first] = records;
  if (!first || !records.every(fits)) return undefined;
  const inOrder = [...records].sort((a, b) => (a.measuredAt < b.measuredAt ? -1 : 1));
  const { publicKey } = first.signed;
  return {
    encoding_method: methodOf(first),
    public_key: publicKey !== '' && publicKey.length <= PUBLIC_KEY_MAX ? publicKey : undefined,
    signed_values: inOrder.map(({ signed }, index) => ({
      nature: natureOf(index, inOrder.length),
      plain_data: signed.data,
      signed_data: base64(signed.data),
    })),
  };
}

const base64 = (data: string): string => Buffer.from(data, 'utf8').toString('base64');

function fits(record: Record): boolean {
  const method = methodOf(record);
  return (
    method !== '' && method.length <= METHOD_MAX && base64(record.signed.data).length <= BLOB_MAX
  );
}

/** Stations often leave the method out; an OCMF record says itself what it is. */
const methodOf = ({ signed }: Record): string =>
  signed.encodingMethod === '' && signed.data.startsWith('OCMF|') ? 'OCMF' : signed.encodingMethod;

/** A single record is that of the end: it holds begin and end (domain.md 3.8). */
function natureOf(index: number, count: number): string {
  if (index === count - 1) return 'End';
  return index === 0 ? 'Start' : 'Intermediate';
}
