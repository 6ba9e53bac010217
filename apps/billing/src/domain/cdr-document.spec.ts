import { type Cdr, cdrSchema } from '@voltledger/contracts';
import {
  cdrIdOf,
  cdrOf,
  drawing,
  issuedAt,
  oicpDriver,
  ownDriver,
  price,
  rating,
  session,
} from '../../test/samples';
import { creditOf, sameId } from './cdr-document';

const timed = {
  ...rating,
  costs: {
    ...{ energy: price('3.9', '0.741'), time: price('2.5', '0.475') },
    ...{ parking: price('0.333333', '0.063333'), fixed: price('0.5', '0.095') },
    total: price('7.233333', '1.374333'),
  },
};

const samples: [string, Cdr][] = [
  ['of a roaming partner', cdrOf(session, 1)],
  ['of an own customer', cdrOf({ ...session, authorization: ownDriver }, 1)],
  ['at Hubject', cdrOf({ ...session, authorization: oicpDriver }, 1)],
  ['with every kind of cost', cdrOf({ ...session, rating: timed }, 1)],
  ['that replaces another', cdrOf(drawing('11.5'), 3, cdrIdOf(1))],
];

/** Everything but what a credit may differ in. */
function copied({ cdrId: _id, credits: _credits, issuedAt: _at, costs, billed, ...rest }: Cdr) {
  const { total: _total, ...parts } = costs;
  return { ...rest, parts, kinds: billed.lines.map(({ kind }) => kind) };
}

describe.each(samples)('2.2, OCPI-CDR-09: the credit of a CDR %s', (_title, original) => {
  const credit = creditOf(original, cdrIdOf(2), issuedAt);

  it('copies everything but its id and the sign of its total', () => {
    expect(copied(credit)).toEqual(copied(original));
    expect(credit.cdrId).not.toBe(original.cdrId);
    expect(credit.credits).toBe(original.cdrId);
  });

  it('OCPI-CDR-10: negates the total before and after taxes, and every tax of it', () => {
    const [before, after] = [original.costs.total, credit.costs.total];
    expect(after.beforeTaxes.micros).toBe(-before.beforeTaxes.micros);
    expect(after.afterTaxes?.micros).toBe(-before.afterTaxes!.micros);
    expect(after.taxes.map(({ amount }) => amount.micros)).toEqual(
      before.taxes.map(({ amount }) => -amount.micros),
    );
  });

  it('takes back exactly what was billed', () =>
    expect(original.billed.afterTaxes.micros + credit.billed.afterTaxes.micros).toBe(0));

  it('is a CDR by contract, like its original', () => {
    expect(cdrSchema.parse(credit)).toEqual(credit);
    expect(cdrSchema.parse(original)).toEqual(original);
  });
});

it('2.3: ids `ABC` and `abc` clash', () => expect(sameId('ABC', 'abc')).toBe(true));
