import { type HoldReason, type Tariff } from '@voltledger/contracts';
import { chargesTime } from './clock-checks';
import { type EndedSession } from './ended-session';
import { signatureRejected, signatureUndecided, signedClockInDoubt } from './hold-reasons';
import { isProofRequired } from './proof-duty';

/**
 * Where the law asks for proof, what a signed record does not prove is not billed: not its energy,
 * and, when the meter's clock was not set, not its time (domain.md 3.4, 3.5). Elsewhere verdicts are
 * shown, and hold nothing.
 */
export function signatureReasons(
  { verdicts, proofDuties, place, endedAt }: EndedSession,
  tariff: Tariff | undefined,
): HoldReason[] {
  if (!isProofRequired(proofDuties, place, endedAt)) return [];
  const rejected = verdicts.filter(({ verdict }) => verdict === 'rejected');
  const undecided = verdicts.filter(({ verdict }) => verdict === 'undecided');
  const untimed = verdicts.filter(
    ({ verdict, timeUsable }) => verdict === 'verified' && !timeUsable,
  );
  return [
    ...(rejected.length > 0 ? [signatureRejected(rejected)] : []),
    ...(undecided.length > 0 ? [signatureUndecided(undecided)] : []),
    ...(untimed.length > 0 && tariff && chargesTime(tariff) ? [signedClockInDoubt(untimed)] : []),
  ];
}
