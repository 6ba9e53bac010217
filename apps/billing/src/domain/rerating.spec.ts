import { type CdrEvent } from '@voltledger/contracts';
import { currency, fold } from '@voltledger/kernel';
import {
  cdrIdOf,
  cdrOf,
  corrected,
  drawing,
  issuedAt,
  sealed,
  session,
  sessionId,
} from '../../test/samples';
import { cdr } from './cdr';
import { creditOf } from './cdr-document';
import { type EndedSession, type Rerating } from './ended-session';
import { nextStep } from './next-step';

const reratingId = '0b9c2a4e-7a53-4c55-8d3e-00000000000a';
const cheaper = corrected(session, 290_000);

const rerating = (from: EndedSession = cheaper, changes: Partial<Rerating> = {}): Rerating => ({
  ...{
    reratingId,
    throughRevision: session.endRevision,
    rating: from.rating!,
    ...from.tariffs[0]!,
  },
  ...{ reason: 'the price was a typo', requestedBy: 'ada', approvedBy: 'bob' },
  ...changes,
});
const rerated = (...reratings: Rerating[]): EndedSession => ({ ...session, reratings });

const first = sealed(cdrOf(session, 1));
const issued: CdrEvent = { type: 'CdrIssued', data: first };
const credit = sealed(creditOf(first.cdr, cdrIdOf(2), issuedAt), 2);
const credited: CdrEvent = {
  type: 'CdrCredited',
  data: { originalId: cdrIdOf(1), credit: credit.cdr, seal: credit.seal, reason: 'no', by: 'ada' },
};
const disputed: CdrEvent = {
  type: 'DisputeOpened',
  data: {
    ...{ sessionId, cdrId: cdrIdOf(1), disputeId: reratingId, claimant: 'xyz', claim: 'no' },
    ...{ by: 'ada', at: issuedAt },
  },
};
const refusedAs = (code: string, id = reratingId): CdrEvent => ({
  type: 'ReratingRefused',
  data: { sessionId, reratingId: id, code, detail: 'so', at: issuedAt },
});
const next = (ended: EndedSession, ...history: CdrEvent[]) => nextStep(fold(cdr, history), ended);
const refusal = (code: string) => ({ kind: 'refuse-rerating', refusal: { reratingId, code } });

describe('a re-rating', () => {
  it('credits the live CDR and issues one by the corrected tariff', () =>
    expect(next(rerated(rerating()), issued)).toMatchObject({
      kind: 'correct',
      rerating: { reratingId, approvedBy: 'bob' },
      charge: {
        tariffHash: cheaper.tariffs[0]!.contentHash,
        billed: { afterTaxes: { micros: 3_450_000 } },
        trace: session.rating!.trace,
      },
    }));

  it('is applied once', () => {
    const second = sealed(cdrOf(cheaper, 3, cdrIdOf(1)), 3);
    const done: CdrEvent = { type: 'CdrIssued', data: { ...second, reratingId } };
    expect(next(rerated(rerating()), issued, credited, done)).toEqual({ kind: 'nothing' });
  });

  it('prices a session that had no price', () => {
    const { rating: _, ...unpriced } = rerated(rerating());
    expect(next(unpriced)).toMatchObject({ kind: 'issue', rerating: { reratingId } });
  });

  it.each<[string, EndedSession, CdrEvent[], string]>([
    ['while the CDR is in dispute', rerated(rerating()), [issued, disputed], 'CDR_DISPUTED'],
    ['when a person took the CDR back', rerated(rerating()), [issued, credited], 'CDR_CREDITED'],
    [
      'of an end that is not the last',
      rerated(rerating(cheaper, { throughRevision: 3 })),
      [issued],
      'SESSION_CHANGED',
    ],
    ['that changes nothing', rerated(rerating(session)), [issued], 'NOTHING_TO_CORRECT'],
    [
      'that the gate would hold',
      rerated(rerating(cheaper, { rating: { ...cheaper.rating!, trace: [] } })),
      [issued],
      'CDR_HELD',
    ],
  ])('is refused %s', (_title, ended, history, code) =>
    expect(next(ended, ...history)).toMatchObject(refusal(code)),
  );

  it('is refused in another currency', () => {
    const SEK = currency('SEK');
    const { rating, tariffs } = cheaper;
    const total = rating!.costs.total;
    const inKronor = {
      beforeTaxes: { ...total.beforeTaxes, currency: SEK },
      afterTaxes: { ...total.afterTaxes!, currency: SEK },
      taxes: total.taxes.map((tax) => ({ ...tax, amount: { ...tax.amount, currency: SEK } })),
    };
    const kronor: EndedSession = {
      ...cheaper,
      rating: { ...rating!, costs: { energy: inKronor, total: inKronor } },
      tariffs: [{ ...tariffs[0]!, tariff: { ...tariffs[0]!.tariff, currency: SEK } }],
    };
    expect(next(rerated(rerating(kronor)), issued)).toMatchObject(refusal('CURRENCY_CHANGED'));
  });

  it('gives way to a newer one, and only the newer one is applied', () => {
    const newer = rerating(corrected(session, 310_000), { reratingId: sessionId });
    const both = rerated(rerating(), newer);
    expect(next(both, issued)).toMatchObject(refusal('SUPERSEDED'));
    expect(next(both, issued, refusedAs('SUPERSEDED'))).toMatchObject({
      ...{ kind: 'correct', rerating: { reratingId: sessionId } },
    });
  });

  it('leaves the CDR by the old price where it was refused', () =>
    expect(next(rerated(rerating()), issued, refusedAs('CDR_DISPUTED'))).toEqual({
      kind: 'nothing',
    }));

  it('waits for an end that was not heard of yet', () =>
    expect(next(rerated(rerating(cheaper, { throughRevision: 12 })), issued)).toEqual({
      kind: 'nothing',
    }));

  it('1.6: is over when a late stop changes the session: its new end has a price of its own', () => {
    const late = { ...drawing('11.234'), endRevision: 9, ratedRevision: 9 };
    const second = sealed(cdrOf(cheaper, 3, cdrIdOf(1)), 3);
    const done: CdrEvent = { type: 'CdrIssued', data: { ...second, reratingId } };
    const step = next({ ...late, reratings: [rerating()] }, issued, credited, done);
    expect(step).toMatchObject({ kind: 'correct', charge: { energy: 11_234_000 } });
    expect(step).not.toHaveProperty('rerating');
  });
});
