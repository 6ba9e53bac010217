import { alfenKeyIn, examineAlfen } from './alfen';
import { type KeysFor, examineOcmf } from './ocmf';
import { type Examined, RECORD_MAX } from './verdict';

/** How a record of each format begins. `1b1b1b1b` opens SML, which EDL40 meters write. */
const BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/^OCM/, 'OCMF'],
  [/^AP;/, 'ALFEN'],
  [/^PCDF/, 'PCDF'],
  [/^1b1b1b1b/i, 'EDL40 E-Mobility Extension'],
];

/** What stations call the formats; those after the first two are verified elsewhere. */
const METHODS: readonly (readonly [RegExp, string])[] = [
  [/^OCMF/i, 'OCMF'],
  [/^alfen/i, 'ALFEN'],
  [/^EDL40[ _-]?MENNEKES/i, 'EDL40 Mennekes'],
  [/^EDL40/i, 'EDL40 E-Mobility Extension'],
  [/^ISA[-_]?EDL/i, 'ISA-EDL-40P'],
  [/^PCDF/i, 'PCDF'],
];

/** The format of a record: it says so itself, or its method does. Empty: nobody here knows it. */
export function formatOf(text: string, encodingMethod = ''): string {
  const start = text.trimStart().slice(0, 8);
  return named(BEGINNINGS, start) ?? named(METHODS, encodingMethod.trim()) ?? '';
}

const named = (list: typeof METHODS, text: string): string | undefined =>
  list.find(([pattern]) => pattern.test(text))?.[1];

/**
 * Examines one signed record with the keys somebody vouched for. Input of any kind and size gives a
 * verdict; nothing throws, and nothing leaves this process.
 */
export function examine(text: string, encodingMethod: string, keysFor: KeysFor): Examined {
  const format = formatOf(text, encodingMethod);
  if (text.length > RECORD_MAX)
    return { format, signature: 'undecided', reason: 'RECORD_TOO_LONG', meterIds: [] };
  if (format === 'OCMF') return examineOcmf(text, keysFor);
  if (format === 'ALFEN') return examineAlfen(text, keysFor);
  return { format, signature: 'undecided', reason: 'NOT_VERIFIABLE_HERE', meterIds: [] };
}

/** The key that a record carries in itself, where its format does. */
export const keyInside = (text: string): string =>
  formatOf(text) === 'ALFEN' ? alfenKeyIn(text) : '';
