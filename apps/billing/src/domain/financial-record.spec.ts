import { ratingSchema } from '@voltledger/contracts';
import { type SessionId, money } from '@voltledger/kernel';
import { derivedUuid } from '@voltledger/platform';
import fc from 'fast-check';
import { EUR, chargeFor, rating, session } from '../../test/samples';
import { billFor } from './bill';

it('2.3: ids that are made are at most 36 characters and differ in more than case', () =>
  fc.assert(
    fc.property(fc.array(fc.uuid(), { minLength: 2, maxLength: 20 }), (sessions) => {
      const ids = [...new Set(sessions)].flatMap((each) =>
        [1, 2, 3].map((number) => derivedUuid(each as SessionId, 'cdr', String(number))),
      );
      expect(ids.every(({ length }) => length <= 36)).toBe(true);
      expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(ids.length);
    }),
  ));

it('2.6: 1.005 is billed as 1.01, by a policy that the CDR names', () => {
  const total = { beforeTaxes: money('1.005', EUR), taxes: [] };
  expect(billFor({ energy: total, total }).afterTaxes).toEqual(money('1.01', EUR));
  expect(chargeFor(session).roundingPolicy).toBe('half-up-per-total/1');
});

it('2.12: two taxes keep their names in the CDR, and add up', () => {
  const taxes = [
    { name: 'GST', percent: '5', amount: money('0.195', EUR) },
    { name: 'QST', percent: '9.975', amount: money('0.389025', EUR) },
  ];
  const total = { beforeTaxes: money('3.9', EUR), afterTaxes: money('4.484025', EUR), taxes };
  const rated = ratingSchema.parse({ ...rating, costs: { energy: total, total } });
  const { billed } = chargeFor({ ...session, rating: rated });
  expect(billed.taxes.map(({ name, percent }) => [name, percent])).toEqual([
    ['GST', '5'],
    ['QST', '9.975'],
  ]);
  const sum = billed.taxes.reduce((so, { amount }) => so + amount.micros, 0);
  expect(billed.beforeTaxes.micros + sum).toBe(billed.afterTaxes.micros);
});
