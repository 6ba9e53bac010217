import { type CdrEvent, type HoldReason } from '@voltledger/contracts';
import { type CdrId, currency, instant } from '@voltledger/kernel';
import { given } from '@voltledger/testing';
import { cdrIdOf, cdrOf, drawing, issuedAt, sealed, session, sessionId } from '../../test/samples';
import { cdr } from './cdr';
import { type CdrCommand } from './cdr-commands';
import { creditOf } from './cdr-document';

const basis = { endRevision: 7, ratedRevision: 7 };
const first = sealed(cdrOf(session, 1));
const more = drawing('11.234');
const creditOfFirst = sealed(creditOf(first.cdr, cdrIdOf(2), issuedAt), 2);
const second = sealed(cdrOf(more, 3, first.cdr.cdrId), 3);
const why = { reason: 'late stop', by: 'system' };

const issue = (issued = first): CdrCommand => ({ type: 'IssueCdr', issued, basis });
const credit: CdrCommand = { type: 'CreditCdr', credit: creditOfFirst, ...why };
const correct: CdrCommand = {
  type: 'CorrectCdr',
  credit: creditOfFirst,
  issued: second,
  basis,
  ...why,
};

const at = instant('2026-03-05T12:00:00Z');
const reasons: HoldReason[] = [{ code: 'METER_ANOMALY', explanation: 'rollback', remedy: 'look' }];
const hold: CdrCommand = { type: 'HoldCdr', sessionId, reasons, at };
const release: CdrCommand = {
  type: 'ReleaseCdr',
  sessionId,
  by: 'ada',
  note: 'meter checked',
  needsApproval: false,
  at,
};

const issued: CdrEvent = { type: 'CdrIssued', data: first };
const held: CdrEvent = { type: 'CdrHeld', data: { sessionId, reasons, at } };
const released: CdrEvent = { type: 'CdrReleased', data: { sessionId, by: 'ada', note: 'ok', at } };
const credited: CdrEvent = {
  type: 'CdrCredited',
  data: {
    originalId: first.cdr.cdrId,
    credit: creditOfFirst.cdr,
    seal: creditOfFirst.seal,
    ...why,
  },
};
const reissued: CdrEvent = { type: 'CdrIssued', data: second };

describe('issuing', () => {
  it('issues the CDR of a session that is over and rated', () =>
    given(cdr).when(issue()).then(issued));

  it('says nothing twice: the same charge again is no second CDR', () =>
    given(cdr, issued)
      .when(issue(sealed(cdrOf(session, 2), 9)))
      .thenNothing());

  it('has at most one live CDR: another charge needs a credit first', () =>
    given(cdr, issued)
      .when(issue(sealed(cdrOf(more, 2))))
      .thenRefused('CDR_ALREADY_ISSUED'));

  it('refuses a session that is not over', () =>
    given(cdr)
      .when({ type: 'IssueCdr', issued: first, basis: { ratedRevision: 7 } })
      .thenRefused('SESSION_NOT_ENDED'));

  it.each([undefined, 6])('refuses an end that was not rated (rated: %p)', (ratedRevision) =>
    given(cdr)
      .when({
        ...{ type: 'IssueCdr', issued: first },
        basis: { endRevision: 7, ...(ratedRevision && { ratedRevision }) },
      })
      .thenRefused('SESSION_NOT_RATED'),
  );

  it('refuses while held', () => given(cdr, held).when(issue()).thenRefused('CDR_HELD'));

  it('issues after the release', () => given(cdr, held, released).when(issue()).then(issued));

  it('2.3: takes ids that differ in case only for the same', () =>
    given(cdr, issued, credited)
      .when(issue(sealed({ ...cdrOf(more, 3, first.cdr.cdrId), cdrId: 'CDR-1' as CdrId })))
      .thenRefused('CDR_ID_TAKEN'));

  it('does not pass a credit off as a CDR', () =>
    given(cdr).when(issue(creditOfFirst)).thenRefused('REPLACES_ANOTHER_CDR'));
});

describe('holding and releasing', () => {
  it('holds with its reasons', () => given(cdr).when(hold).then(held));

  it('says the same reasons once', () => given(cdr, held).when(hold).thenNothing());

  it('names new reasons', () => {
    const others = [...reasons, { code: 'NO_PLACE', explanation: 'none', remedy: 'register' }];
    given(cdr, held)
      .when({ type: 'HoldCdr', sessionId, reasons: others, at })
      .then({ type: 'CdrHeld', data: { sessionId, reasons: others, at } });
  });

  it('2.14: keeps who released it and why', () =>
    given(cdr, held)
      .when(release)
      .then({ type: 'CdrReleased', data: { sessionId, by: 'ada', note: 'meter checked', at } }));

  it('releases only what is held', () => {
    given(cdr).when(release).thenRefused('CDR_NOT_HELD');
    given(cdr, held, released).when(release).thenRefused('CDR_NOT_HELD');
  });

  it('can hold a correction while the live CDR stands', () => {
    given(cdr, issued).when(hold).then(held);
    given(cdr, issued, held).when(correct).thenRefused('CDR_HELD');
  });
});

describe('crediting and correcting', () => {
  it('2.1: takes a CDR back by a credit, never by a change', () =>
    given(cdr, issued).when(credit).then(credited));

  it('OCPI-CDR-12: credits a CDR once', () =>
    given(cdr, issued, credited).when(credit).thenRefused('CDR_NOT_LIVE'));

  it('credits nothing that was not issued', () =>
    given(cdr).when(credit).thenRefused('CDR_NOT_LIVE'));

  it('refuses a credit that does not copy its CDR', () =>
    given(cdr, issued)
      .when({
        ...{ type: 'CreditCdr', ...why },
        credit: sealed({ ...creditOfFirst.cdr, energy: second.cdr.energy }),
      })
      .thenRefused('NOT_A_CREDIT'));

  it('1.6: a late stop credits and issues anew, in one decision', () =>
    given(cdr, issued).when(correct).then(credited, reissued));

  it('corrects nothing when the charge is the same', () =>
    given(cdr, issued)
      .when({ ...correct, issued: sealed(cdrOf(session, 3, first.cdr.cdrId)) })
      .thenNothing());

  it('OCPI-CDR-11: the new CDR is no credit and names the one it stands for', () => {
    expect(second.cdr).toMatchObject({ replaces: first.cdr.cdrId });
    expect(second.cdr.credits).toBeUndefined();
    given(cdr, issued, credited)
      .when(issue(sealed(cdrOf(more, 3))))
      .thenRefused('REPLACES_ANOTHER_CDR');
  });

  it('charges a session in one currency for good', () => {
    const SEK = currency('SEK');
    const { billed } = second.cdr;
    const afterTaxes = { ...billed.afterTaxes, currency: SEK };
    given(cdr, issued, credited)
      .when(issue(sealed({ ...second.cdr, billed: { ...billed, afterTaxes } })))
      .thenRefused('CURRENCY_CHANGED');
  });
});
