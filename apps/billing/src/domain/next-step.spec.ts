import { type CdrEvent } from '@voltledger/contracts';
import { currency, fold } from '@voltledger/kernel';
import { cdrIdOf, cdrOf, drawing, endedAt, issuedAt, sealed, session } from '../../test/samples';
import { cdr } from './cdr';
import { creditOf } from './cdr-document';
import { type EndedSession } from './ended-session';
import { nextStep } from './next-step';

const issued: CdrEvent = { type: 'CdrIssued', data: sealed(cdrOf(session, 1)) };
const credit = sealed(creditOf(issued.data.cdr, cdrIdOf(2), issuedAt), 2);
const credited: CdrEvent = {
  type: 'CdrCredited',
  data: {
    originalId: cdrIdOf(1),
    credit: credit.cdr,
    seal: credit.seal,
    reason: 'wrong',
    by: 'ada',
  },
};
const doubtful: EndedSession = {
  ...session,
  doubts: [{ kind: 'jump', measuredAt: endedAt, detail: '5 kWh in a second' }],
};
const { sessionId } = session;
const holdOf = (ended: EndedSession): CdrEvent => {
  const step = nextStep(cdr.initial, ended);
  if (step.kind !== 'hold') throw new Error(step.kind);
  return { type: 'CdrHeld', data: { sessionId, reasons: [...step.reasons], at: issuedAt } };
};
const released: CdrEvent = {
  type: 'CdrReleased',
  data: { sessionId, by: 'ada', note: 'checked', at: issuedAt },
};
const step = (ended: EndedSession, ...history: CdrEvent[]) =>
  nextStep(fold(cdr, history), ended).kind;
const unpriced = { ...session, rating: undefined } as unknown as EndedSession;

describe('what is due for a session that is over', () => {
  it('issue, when everything is known', () => expect(step(session)).toBe('issue'));
  it('hold, when something is missing', () => expect(step(unpriced)).toBe('hold'));
  it('nothing, when the CDR says so already', () => expect(step(session, issued)).toBe('nothing'));

  it('nothing, when a signed record came late: no money changes', () => {
    const signed = { data: 'OCMF|…', encodingMethod: 'OCMF', signingMethod: '', publicKey: '' };
    const proven = { ...session, signedData: [{ measuredAt: endedAt, signed }] };
    expect(step(proven, issued)).toBe('nothing');
  });

  it('1.6 correct, when the truth arrived late', () =>
    expect(step(drawing('11.234'), issued)).toBe('correct'));

  it('hold the correction, when that is in doubt; the live CDR stands', () =>
    expect(step({ ...doubtful, delivered: session.delivered }, issued)).toBe('hold'));

  it('release, when what was missing arrived by itself', () =>
    expect(step(session, holdOf(unpriced))).toBe('release'));

  it('issue, when a person vouched for what was in doubt', () =>
    expect(step(doubtful, holdOf(doubtful), released)).toBe('issue'));

  it('hold again, when a release cannot bring what is missing', () =>
    expect(step(unpriced, holdOf(unpriced), released)).toBe('hold'));

  it('nothing, when a person took the CDR back', () =>
    expect(step(drawing('11.234'), issued, credited)).toBe('nothing'));

  it('hold, when it would be charged in another currency', () => {
    const SEK = currency('SEK');
    const rated = JSON.parse(JSON.stringify(session).replaceAll('"EUR"', '"SEK"')) as EndedSession;
    expect(rated.tariffs[0]!.tariff.currency).toBe(SEK);
    expect(nextStep(fold(cdr, [issued]), rated)).toMatchObject({
      kind: 'hold',
      reasons: [{ code: 'CURRENCY_CHANGED' }],
    });
  });
});
