import { type SignedContent, type SignedReading } from '@voltledger/contracts';
import { isBillingRegister } from './billing-register';
import { type Fields, type JsonText, NotJson, parseJsonText, textOf } from './json-text';

export interface OcmfRecord {
  /** The signed bytes, as received. */
  readonly payload: Buffer;
  readonly algorithm: string;
  readonly encoding: 'hex' | 'base64';
  readonly signatureText: string;
  readonly meterIds: readonly string[];
  readonly content: SignedContent;
}

export type OcmfRead = OcmfRecord | { readonly malformed: string };

const DEFAULT_ALGORITHM = 'ECDSA-secp256r1-SHA256';
const READINGS_MAX = 256;
const none: Fields = new Map();

/**
 * Reads an OCMF record (1.4.1 and the 0.x and 1.x found in the field): `OCMF|payload|signature`.
 * The payload is never written anew: its signature covers the bytes as they came.
 */
export function readOcmf(text: string): OcmfRead {
  const parts = text.trim().split('|');
  const [header, payload, signature] = parts;
  if (header !== 'OCMF') return { malformed: 'NOT_OCMF' };
  if (parts.length !== 3 || payload === undefined || signature === undefined)
    return { malformed: 'NOT_THREE_PARTS' };
  try {
    return recordOf(payload, fieldsOf(parseJsonText(payload)), fieldsOf(parseJsonText(signature)));
  } catch (problem) {
    if (problem instanceof NotJson) return { malformed: 'NOT_JSON' };
    throw problem;
  }
}

function recordOf(payload: string, told: Fields, signed: Fields): OcmfRead {
  const signatureText = textOf(signed, 'SD');
  if (signatureText === '') return { malformed: 'NO_SIGNATURE_DATA' };
  const encoding = textOf(signed, 'SE') || 'hex';
  if (encoding !== 'hex' && encoding !== 'base64') return { malformed: 'UNKNOWN_ENCODING' };
  const rows = rowsOf(told);
  if (rows.length > READINGS_MAX) return { malformed: 'TOO_MANY_READINGS' };
  return {
    payload: Buffer.from(payload, 'utf8'),
    algorithm: textOf(signed, 'SA') || DEFAULT_ALGORITHM,
    encoding,
    signatureText,
    meterIds: meterIdsOf(told),
    content: contentOf(told, readingsOf(rows)),
  };
}

function rowsOf(told: Fields): readonly JsonText[] {
  const rows = told.get('RD');
  return rows?.kind === 'list' ? rows.items : [];
}

function meterIdsOf(told: Fields): string[] {
  const ids = ['MS', 'GS', 'CI'].map((name) => textOf(told, name).slice(0, 100));
  return [...new Set(ids)].filter((id) => id !== '');
}

interface Row extends SignedReading {
  readonly eventCounter: string;
}

const IDENT_ERRORS = new Set(['MISMATCH', 'INVALID', 'OUTDATED', 'UNKNOWN']);

function contentOf(told: Fields, rows: readonly Row[]): SignedContent {
  const billing = rows.filter(({ register }) => isBillingRegister(register));
  const eventCounter = billing.find((row) => row.eventCounter !== '')?.eventCounter;
  // 0.x has the level in IS.
  const level = textOf(told, 'IL') || textOf(told, 'IS');
  return {
    pagination: textOf(told, 'PG').slice(0, 32),
    meterSerial: textOf(told, 'MS').slice(0, 100),
    identError: IDENT_ERRORS.has(level.toUpperCase()),
    ...(eventCounter !== undefined && { eventCounter: eventCounter.slice(0, 32) }),
    exception: rows.some(({ kind }) => kind === 'X'),
    readings: billing
      .filter(({ kind }) => kind !== 'C' && kind !== 'X')
      .slice(0, 8)
      .map(({ eventCounter: _counter, ...reading }) => reading),
  };
}

const INHERITED = ['TM', 'TX', 'RI', 'RU', 'EF', 'ST', 'EI'] as const;

/** What a reading leaves out it has from the one before. */
function readingsOf(items: readonly JsonText[]): Row[] {
  let last: Fields = none;
  return items.map((item) => {
    const own = fieldsOf(item);
    const all = new Map(own);
    for (const name of INHERITED) {
      const before = last.get(name);
      if (!own.has(name) && before) all.set(name, before);
    }
    last = all;
    return rowOf(all);
  });
}

const rowOf = (row: Fields): Row => ({
  kind: textOf(row, 'TX').slice(0, 4),
  time: textOf(row, 'TM').slice(0, 64),
  value: textOf(row, 'RV').trim().slice(0, 64),
  unit: textOf(row, 'RU').slice(0, 16),
  register: textOf(row, 'RI').slice(0, 64),
  status: textOf(row, 'ST').slice(0, 8),
  errorFlags: textOf(row, 'EF').slice(0, 16),
  eventCounter: textOf(row, 'EI'),
});

const fieldsOf = (value: JsonText): Fields => (value.kind === 'object' ? value.members : none);
