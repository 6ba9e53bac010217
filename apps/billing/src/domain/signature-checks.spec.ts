import { type Tariff } from '@voltledger/contracts';
import { instant } from '@voltledger/kernel';
import { endedAt, session, tariff, tariffHash } from '../../test/samples';
import { type EndedSession, type SignatureVerdict } from './ended-session';
import { assessed } from './hold-gate';

const since = (date: string) => ({ DEU: instant(`${date}T00:00:00Z`) });
const verdict = (changes: Partial<SignatureVerdict>): SignatureVerdict => ({
  ...{ measuredAt: endedAt, recordHash: tariffHash, verdict: 'verified', codes: [], detail: 'so' },
  ...{ timeUsable: true, ...changes },
});
const found = (...verdicts: SignatureVerdict[]): EndedSession => ({
  ...{ ...session, verdicts, proofDuties: since('2019-04-01') },
});
const underTime: Tariff = {
  ...tariff,
  elements: [{ components: [{ dimension: 'TIME', price: 2_000_000, stepSize: 60 }] }],
};

function codes(ended: EndedSession): string[] {
  const assessment = assessed(ended);
  return assessment.kind === 'held' ? assessment.reasons.map(({ code }) => code) : [];
}

const rejected = verdict({ verdict: 'rejected', codes: ['SIGNATURE_INVALID'] });
const undecided = verdict({ verdict: 'undecided', codes: ['NO_KEY'] });

describe('signed records, where the law asks for proof', () => {
  it('pass when they are verified', () => expect(codes(found(verdict({})))).toEqual([]));

  it('hold when one of them is rejected', () =>
    expect(codes(found(verdict({}), rejected))).toEqual(['SIGNATURE_REJECTED']));

  it('3.5: hold when nobody can tell: no key is no proof', () =>
    expect(codes(found(undecided))).toEqual(['SIGNATURE_UNDECIDED']));

  it('3.4: an unset clock holds what is charged by time, and nothing else', () => {
    const untimed = found(verdict({ timeUsable: false }));
    expect(codes(untimed)).toEqual([]);
    const byTime = { ...untimed, tariffs: [{ tariff: underTime, contentHash: tariffHash }] };
    expect(codes(byTime)).toEqual(['CLOCK_IN_DOUBT']);
  });

  it('tell what was found', () =>
    expect(assessed(found(rejected))).toMatchObject({
      reasons: [{ explanation: expect.stringContaining('SIGNATURE_INVALID so') as string }],
    }));
});

describe('signed records elsewhere', () => {
  it('hold nothing', () =>
    expect(codes({ ...found(rejected, undecided), proofDuties: {} })).toEqual([]));

  it('3.12: hold nothing before the law is in force', () => {
    expect(codes({ ...found(rejected), proofDuties: since('2026-03-06') })).toEqual([]);
    expect(codes({ ...found(rejected), proofDuties: since('2026-03-05') })).not.toEqual([]);
  });
});
