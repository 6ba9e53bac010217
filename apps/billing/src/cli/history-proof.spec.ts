import { type CdrEvent } from '@voltledger/contracts';
import { type RecordedEvent, energy } from '@voltledger/kernel';
import {
  cdrIdOf,
  cdrOf,
  corrected,
  issuedAt,
  sealed,
  session,
  sessionId,
} from '../../test/samples';
import { creditOf } from '../domain/cdr-document';
import { historyProblems } from './history-proof';

const disputeId = '0b9c2a4e-7a53-4c55-8d3e-000000000001';
const reratingId = '0b9c2a4e-7a53-4c55-8d3e-00000000000a';
const at = issuedAt;
const first = sealed(cdrOf(session, 1));
const credit = sealed(creditOf(first.cdr, cdrIdOf(2), at), 2);
const second = sealed(cdrOf(corrected(session, 290_000), 3, first.cdr.cdrId), 3);

const issued: CdrEvent = { type: 'CdrIssued', data: first };
const credited = (changes: object = {}): CdrEvent => ({
  type: 'CdrCredited',
  data: {
    ...{ originalId: first.cdr.cdrId, credit: credit.cdr, seal: credit.seal, reason: 'no' },
    ...{ by: 'ada', ...changes },
  },
});
const reissued = (changes: object = {}): CdrEvent => ({
  type: 'CdrIssued',
  data: { ...second, ...changes },
});
const opened: CdrEvent = {
  type: 'DisputeOpened',
  data: { sessionId, cdrId: cdrIdOf(1), disputeId, claimant: 'xyz', claim: 'no', by: 'ada', at },
};
const resolved = (outcome: 'credited' | 'rejected'): CdrEvent => ({
  type: 'DisputeResolved',
  data: { sessionId, cdrId: cdrIdOf(1), disputeId, outcome, by: 'ada', note: 'so', at },
});
const requested: CdrEvent = {
  type: 'CdrReleaseRequested',
  data: { sessionId, by: 'ada', key: 'key-1', note: 'so', at },
};
const released = (approvedWith?: string): CdrEvent => ({
  type: 'CdrReleased',
  data: {
    ...{ sessionId, by: 'ada', key: 'key-1', note: 'so', at },
    ...(approvedWith && { approval: { by: 'bob', key: approvedWith, note: 'so' } }),
  },
});
const refused: CdrEvent = {
  type: 'ReratingRefused',
  data: { sessionId, reratingId, code: 'CDR_DISPUTED', detail: 'so', at },
};

const problemsOf = (...events: CdrEvent[]) =>
  historyProblems(events as unknown as RecordedEvent[]).join('\n');

describe('a history that can have happened', () => {
  it.each<[string, CdrEvent[]]>([
    ['a CDR, taken back and issued anew', [issued, credited(), reissued()]],
    ['a dispute that ends in a credit', [issued, opened, credited(), resolved('credited')]],
    ['a dispute that was rejected', [issued, opened, resolved('rejected'), credited()]],
    ['a re-rating', [issued, credited({ reratingId }), reissued({ reratingId })]],
    ['four eyes', [requested, released('key-2'), issued]],
    ['one person under the limit', [released(), issued]],
  ])('%s', (_title, events) => expect(problemsOf(...events)).toBe(''));
});

describe('a history that cannot have happened', () => {
  const forged = { ...credit.cdr, energy: energy('1') };
  it.each<[string, CdrEvent[], RegExp]>([
    ['2.2: a credit that is no copy', [issued, credited({ credit: forged })], /no copy of cdr-1/],
    ['a credit of nothing', [credited()], /takes back cdr-1, which is not the live CDR/],
    ['two live CDRs', [issued, reissued()], /issued while cdr-1 is live/],
    ['2.3: an id that was given twice', [issued, credited(), issued], /its id was given twice/],
    ['a credit under a dispute', [issued, opened, credited()], /while dispute .* was open/],
    ['a dispute without its credit', [issued, opened, resolved('credited')], /CDR is live/],
    ['a dispute that nobody opened', [issued, resolved('rejected')], /not open/],
    ['a re-rating of one half', [issued, credited({ reratingId })], /not followed by its CDR/],
    [
      'a re-rating dealt with twice',
      [issued, refused, credited({ reratingId }), reissued({ reratingId })],
      /dealt with twice/,
    ],
    ['four eyes that were two', [requested, released('key-1')], /approved by the key that asked/],
    ['a request nobody approved', [requested, released()], /granted without an approval/],
  ])('%s', (_title, events, problem) => expect(problemsOf(...events)).toMatch(problem));
});
