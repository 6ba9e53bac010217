import { type Costs } from '@voltledger/contracts';
import { type Money, money } from '@voltledger/kernel';
import fc from 'fast-check';
import { EUR, price } from '../../test/samples';
import { billFor, billReversed } from './bill';

const eur = (text: string): Money => money(text, EUR);
const sum = (amounts: readonly Money[]): number =>
  amounts.reduce((so, { micros }) => so + micros, 0);

describe('2.6 the bill of a CDR', () => {
  it('rounds 1.005 half up to 1.01, where JavaScript’s toFixed says 1.00', () => {
    const bill = billFor({ energy: price('1.005', '0'), total: price('1.005', '0') });
    expect(bill.beforeTaxes).toEqual(eur('1.01'));
    expect((1.005).toFixed(2)).toBe('1.00');
  });

  it('2.8: 1.12 net at 19 % is 0.21 VAT and 1.33 gross', () =>
    expect(billFor({ energy: price('1.12', '0.2128'), total: price('1.12', '0.2128') })).toEqual({
      lines: [{ kind: 'energy', amount: eur('1.12') }],
      beforeTaxes: eur('1.12'),
      taxes: [{ name: 'VAT', percent: '19', amount: eur('0.21') }],
      afterTaxes: eur('1.33'),
    }));

  it('2.12: keeps the names of two taxes, and shares the cents among them', () => {
    const total = {
      beforeTaxes: eur('10.01'),
      afterTaxes: eur('11.508998'),
      taxes: [
        { name: 'GST', percent: '5', amount: eur('0.5005') },
        { name: 'QST', percent: '9.975', amount: eur('0.998498') },
      ],
    };
    const { taxes, afterTaxes } = billFor({ energy: total, total });
    expect(afterTaxes).toEqual(eur('11.51'));
    expect(taxes.map(({ name, amount }) => [name, amount])).toEqual([
      ['GST', eur('0.50')],
      ['QST', eur('1.00')],
    ]);
  });

  it('owes nothing on top when no VAT is known', () => {
    const total = { beforeTaxes: eur('2.345'), taxes: [] };
    expect(billFor({ energy: total, total })).toMatchObject({
      beforeTaxes: eur('2.35'),
      taxes: [],
      afterTaxes: eur('2.35'),
    });
  });

  it('OCPI-CDR-23: shows what a maximum price took as a line of its own', () => {
    const costs = { energy: price('12', '0'), time: price('5', '0'), total: price('15', '0') };
    expect(billFor(costs).lines).toEqual([
      { kind: 'energy', amount: eur('12') },
      { kind: 'time', amount: eur('5') },
      { kind: 'price-limit', amount: eur('-2') },
    ]);
  });

  const micros = fc.integer({ min: 0, max: 3_000_000_000 });
  const kinds = fc.subarray(['energy', 'fixed', 'parking', 'reservation', 'time'] as const);

  it('always adds up: lines to net, net and taxes to gross, each total half up', () =>
    fc.assert(
      fc.property(kinds, fc.array(micros, { minLength: 6, maxLength: 6 }), (parts, figures) => {
        const net = (at: number) => ({ micros: figures[at]!, currency: EUR });
        const vat = { micros: Math.round((figures[5]! * 19) / 100), currency: EUR };
        const total = {
          beforeTaxes: net(5),
          taxes: [{ name: 'VAT', amount: vat }],
          afterTaxes: { micros: figures[5]! + vat.micros, currency: EUR },
        };
        const costs: Costs = { total };
        parts.forEach((kind, at) => (costs[kind] = { beforeTaxes: net(at), taxes: [] }));
        const bill = billFor(costs);
        expect(sum(bill.lines.map(({ amount }) => amount))).toBe(bill.beforeTaxes.micros);
        expect(bill.beforeTaxes.micros + sum(bill.taxes.map(({ amount }) => amount))).toBe(
          bill.afterTaxes.micros,
        );
        expect(Math.abs(bill.afterTaxes.micros - total.afterTaxes.micros)).toBeLessThanOrEqual(
          5_000,
        );
        expect(billReversed(billReversed(bill))).toEqual(bill);
      }),
    ));
});
