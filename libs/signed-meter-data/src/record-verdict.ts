import { type SignedContent } from '@voltledger/contracts';
import { type SignedTransaction, signedTransaction } from './signed-transaction';
import { type Examined } from './verdict';

/** What a record is worth for billing, with the records of its session before it. */
export interface RecordVerdict {
  readonly verdict: 'verified' | 'rejected' | 'undecided';
  readonly codes: readonly string[];
  readonly detail: string;
  /** False: energy may be billed by it, time may not. */
  readonly timeUsable: boolean;
}

const REASONS: Readonly<Record<string, string>> = {
  VERIFY_FAILED: 'the signature does not fit record and registered key',
  CURVE_MISMATCH: 'the registered key is of another curve than the record says',
  NO_PUBLIC_KEY: 'no key of this meter is registered: it cannot be decided',
  NOT_VERIFIABLE_HERE: 'this format is kept and passed on, and verified elsewhere',
  UNKNOWN_ALGORITHM: 'this algorithm is not verified here',
  RECORD_TOO_LONG: 'the record is longer than is looked at',
};

/**
 * A valid signature is not enough (domain.md 3.2): begin and end have to belong together, and the
 * meter has to say that they are good. A begin alone is right until its end comes.
 */
export function recordVerdict(
  { signature, reason = '', content }: Examined,
  before: readonly SignedContent[],
): RecordVerdict {
  if (signature !== 'valid' || !content) {
    const verdict = signature === 'undecided' ? 'undecided' : 'rejected';
    const detail = REASONS[reason] ?? 'the record cannot be read';
    return { verdict, codes: [reason], detail, timeUsable: verdict === 'undecided' };
  }
  const kinds = new Set(content.readings.map(({ kind }) => kind));
  const together = signedTransaction([content]);
  if (together.complete) return ofTransaction(together);
  if (kinds.has('B')) return ofBegin(content);
  if (together.integrityErrors.includes('NO_STOP')) return right('an intermediate reading', []);
  const begin = before.findLast(({ readings }) => readings.some(({ kind }) => kind === 'B'));
  if (begin) return ofTransaction(signedTransaction([begin, content]));
  const detail = 'the end is signed, but no signed begin is here';
  return { verdict: 'undecided', codes: ['NO_START'], detail, timeUsable: false };
}

function ofBegin({ readings }: SignedContent): RecordVerdict {
  const codes = [
    ...(readings.some(({ status }) => status !== 'G') ? ['METER_STATE'] : []),
    ...(readings.some(({ errorFlags }) => errorFlags.includes('E')) ? ['ENERGY_ERROR_FLAG'] : []),
  ];
  return codes.length > 0 ? notBillable(codes, true) : right('the begin', []);
}

function ofTransaction(found: SignedTransaction): RecordVerdict {
  const { integrityErrors, timeWarnings, energyKwh = '?' } = found;
  if (integrityErrors.length > 0)
    return notBillable([...integrityErrors, ...timeWarnings], timeWarnings.length === 0);
  return right(`${energyKwh} kWh from begin to end`, timeWarnings);
}

const notBillable = (codes: readonly string[], timeUsable: boolean): RecordVerdict => ({
  verdict: 'rejected',
  codes,
  detail: 'the signature is right, but the record says that it must not be billed by',
  timeUsable,
});

const right = (what: string, codes: readonly string[]): RecordVerdict => ({
  verdict: 'verified',
  codes,
  detail: what,
  timeUsable: codes.length === 0,
});
