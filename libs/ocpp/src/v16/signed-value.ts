import { type SignedMeterData } from '@voltledger/contracts';
import { z } from 'zod';

/** As the signed-meter-values application note packs it into `value`. */
const packed = z.object({
  signedMeterData: z.string().min(1).max(65_536),
  encodingMethod: z.string().max(50).default(''),
  signingMethod: z.string().max(50).default(''),
  publicKey: z.string().max(4_096).default(''),
});

/**
 * A value of format SignedData. 1.6 gives it no structure: the record stands there as such, or
 * inside a JSON text (OCPP-1.6-TX-13). The record itself is not touched.
 */
export function signedValue(value: string): SignedMeterData | undefined {
  if (value === '') return undefined;
  const unpacked = packed.safeParse(jsonObject(value));
  if (unpacked.success) {
    const { signedMeterData, ...methods } = unpacked.data;
    return { data: signedMeterData, ...methods };
  }
  const encodingMethod = value.startsWith('OCMF|') ? 'OCMF' : '';
  return { data: value, encodingMethod, signingMethod: '', publicKey: '' };
}

function jsonObject(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
