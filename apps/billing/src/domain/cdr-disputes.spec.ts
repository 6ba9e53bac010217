import { type CdrEvent, type DisputeResolution } from '@voltledger/contracts';
import { currency, instant, money } from '@voltledger/kernel';
import { given } from '@voltledger/testing';
import { cdrIdOf, cdrOf, drawing, issuedAt, sealed, session, sessionId } from '../../test/samples';
import { cdr } from './cdr';
import { type CdrCommand, type OpenDispute } from './cdr-commands';
import { creditOf } from './cdr-document';

const at = instant('2026-03-06T09:00:00Z');
const first = sealed(cdrOf(session, 1));
const credit = sealed(creditOf(first.cdr, cdrIdOf(2), issuedAt), 2);
const second = sealed(cdrOf(drawing('11'), 3, first.cdr.cdrId), 3);
const disputeId = '0b9c2a4e-7a53-4c55-8d3e-000000000001';
const ada = { by: 'ada', key: 'key-1' };

const issued: CdrEvent = { type: 'CdrIssued', data: first };
const open: OpenDispute = {
  type: 'OpenDispute',
  ...{ sessionId, cdrId: first.cdr.cdrId, disputeId, claimant: 'partner-xyz' },
  ...{ claim: 'the car was not there', ...ada, at },
};
const { type: _type, ...claim } = open;
const opened: CdrEvent = { type: 'DisputeOpened', data: claim };

const ending = (outcome: DisputeResolution['outcome']): DisputeResolution => ({
  ...{ disputeId, outcome, ...ada, note: 'checked with the station' },
});
const resolved = (outcome: DisputeResolution['outcome'], when = at): CdrEvent => ({
  type: 'DisputeResolved',
  data: { sessionId, cdrId: first.cdr.cdrId, ...ending(outcome), at: when },
});
const reject: CdrCommand = { type: 'RejectDispute', sessionId, resolution: ending('rejected'), at };
const why = { reason: 'checked with the station', ...ada };
const credited: CdrEvent = {
  type: 'CdrCredited',
  data: { originalId: first.cdr.cdrId, credit: credit.cdr, seal: credit.seal, ...why },
};
const creditFor = (resolution?: DisputeResolution): CdrCommand => ({
  ...{ type: 'CreditCdr', credit, ...why },
  ...(resolution && { resolution }),
});

describe('a dispute', () => {
  it('is opened about the live CDR, by somebody, with a claim', () =>
    given(cdr, issued).when(open).then(opened));

  it('is about a live CDR, named in any case', () => {
    given(cdr).when(open).thenRefused('CDR_NOT_LIVE');
    given(cdr, issued, credited).when(open).thenRefused('CDR_NOT_LIVE');
    given(cdr, issued)
      .when({ ...open, cdrId: 'CDR-1' as never })
      .then(opened);
  });

  it('is about what is billed at most', () => {
    const EUR = currency('EUR');
    const beyond = { ...open, amount: money('4.65', EUR) };
    given(cdr, issued).when(beyond).thenRefused('DISPUTED_BEYOND_CDR');
    const kronor = { ...open, amount: money('1', currency('SEK')) };
    given(cdr, issued).when(kronor).thenRefused('DISPUTED_BEYOND_CDR');
    const amount = money('4.64', EUR);
    given(cdr, issued)
      .when({ ...open, amount })
      .then({ type: 'DisputeOpened', data: { ...claim, amount } });
  });

  it('is open once', () => given(cdr, issued, opened).when(open).thenRefused('CDR_DISPUTED'));

  it('keeps its CDR as it is: no credit, no correction', () => {
    given(cdr, issued, opened).when(creditFor()).thenRefused('CDR_DISPUTED');
    const basis = { endRevision: 9, ratedRevision: 9 };
    given(cdr, issued, opened)
      .when({ type: 'CorrectCdr', credit, issued: second, basis, ...why })
      .thenRefused('CDR_DISPUTED');
  });
});

describe('resolving a dispute', () => {
  it('lets the CDR stand', () =>
    given(cdr, issued, opened).when(reject).then(resolved('rejected')));

  it('takes the CDR back in the same decision', () =>
    given(cdr, issued, opened)
      .when(creditFor(ending('credited')))
      .then(credited, resolved('credited', issuedAt)));

  it('issues anew in the same decision', () => {
    const basis = { endRevision: 9, ratedRevision: 9 };
    const resolution = ending('reissued');
    given(cdr, issued, opened)
      .when({ type: 'CorrectCdr', credit, issued: second, basis, ...why, resolution })
      .then(credited, resolved('reissued', issuedAt), { type: 'CdrIssued', data: second });
  });

  it('happens once, and for the dispute that is open', () => {
    given(cdr, issued).when(reject).thenRefused('DISPUTE_NOT_OPEN');
    given(cdr, issued, opened, resolved('rejected')).when(reject).thenRefused('DISPUTE_NOT_OPEN');
    given(cdr, issued)
      .when(creditFor(ending('credited')))
      .thenRefused('DISPUTE_NOT_OPEN');
  });

  it('makes room for another dispute, and for a credit', () => {
    given(cdr, issued, opened, resolved('rejected')).when(open).then(opened);
    given(cdr, issued, opened, resolved('rejected')).when(creditFor()).then(credited);
  });
});
