import { type SignedMeterData } from '@voltledger/contracts';
import { formatOf } from './examine';

/**
 * Stations wrap records: in base64 or hexadecimal, the whole in a JSON text or not. Four spellings
 * of one record are one record (domain.md 3.7). What no format is known in stays as it is.
 */
export function unwrapped(signed: SignedMeterData): SignedMeterData {
  const text = inside(signed.data);
  if (text === undefined) return signed;
  return { ...signed, data: text, encodingMethod: signed.encodingMethod || formatOf(text) };
}

function inside(data: string): string | undefined {
  const plain = data.trim();
  if (isRecord(plain)) return plain;
  const wrapped = plain.replace(/\s/g, '');
  const spellings = [
    /^(?:[0-9a-f]{2})+$/i.test(wrapped) ? Buffer.from(wrapped, 'hex') : undefined,
    /^[A-Za-z0-9+/_-]+={0,2}$/.test(wrapped) ? Buffer.from(wrapped, 'base64') : undefined,
  ];
  for (const bytes of spellings) {
    const text = bytes?.toString('utf8').trim();
    if (text !== undefined && isRecord(text)) return text;
  }
  return undefined;
}

const isRecord = (text: string): boolean => text.startsWith('OCMF|') || text.startsWith('AP;');
