import { type Billed, type BilledLineKind, type Costs, type Price } from '@voltledger/contracts';
import { type Money, inMinorUnits, negated, plus } from '@voltledger/kernel';
import { apportioned } from './apportion';

type Line = Billed['lines'][number];

/**
 * What is owed for these costs, by the policy `half-up-per-total/1`: the total before taxes and the
 * total after taxes are each rounded half up to minor units, once. Whatever they are made of is
 * apportioned so that it adds up: the lines to the one, the taxes to the difference of the two.
 * Without any known tax nothing is owed on top.
 */
export function billFor({ total, ...parts }: Costs): Billed {
  const beforeTaxes = inMinorUnits(total.beforeTaxes);
  const afterTaxes = total.afterTaxes ? inMinorUnits(total.afterTaxes) : beforeTaxes;
  return {
    lines: linesOf(parts, total.beforeTaxes, beforeTaxes),
    beforeTaxes,
    taxes: taxesOf(total, plus(afterTaxes, negated(beforeTaxes))),
    afterTaxes,
  };
}

/** The bill that takes `bill` back. */
export const billReversed = ({ lines, beforeTaxes, taxes, afterTaxes }: Billed): Billed => ({
  lines: lines.map((line) => ({ ...line, amount: negated(line.amount) })),
  beforeTaxes: negated(beforeTaxes),
  taxes: taxes.map((tax) => ({ ...tax, amount: negated(tax.amount) })),
  afterTaxes: negated(afterTaxes),
});

/**
 * What a minimum or maximum price added to the parts (positive) or took from them (negative): OCPI
 * totals come after these limits, the partial costs before (OCPI-CDR-23).
 */
export function limitEffect({ total, ...parts }: Costs): Money {
  const sum = knownParts(parts).reduce((so, { amount }) => plus(so, amount), {
    micros: 0,
    currency: total.beforeTaxes.currency,
  });
  return plus(total.beforeTaxes, negated(sum));
}

/** Each exact amount was cut to a millionth on its own, so sums may be off by as much. */
export const NOISE_MICROS = 1;

type Parts = Omit<Costs, 'total'>;

const KINDS: readonly (keyof Parts & BilledLineKind)[] = [
  'energy',
  'time',
  'parking',
  'fixed',
  'reservation',
];

function knownParts(parts: Parts): Line[] {
  return KINDS.flatMap((kind) => {
    const price = parts[kind];
    return price ? [{ kind, amount: price.beforeTaxes }] : [];
  });
}

function linesOf(parts: Parts, exact: Money, billed: Money): Line[] {
  const known = knownParts(parts);
  const effect = limitEffect({ ...parts, total: { beforeTaxes: exact, taxes: [] } });
  const limited = Math.abs(effect.micros) > known.length * NOISE_MICROS;
  const lines = limited ? [...known, { kind: 'price-limit' as const, amount: effect }] : known;
  const shares = apportioned(
    billed,
    lines.map(({ amount }) => amount),
  );
  return lines.map(({ kind }, at) => ({ kind, amount: shares[at] ?? billed }));
}

function taxesOf({ taxes }: Price, difference: Money): Billed['taxes'] {
  const shares = apportioned(
    difference,
    taxes.map(({ amount }) => amount),
  );
  return taxes.map((tax, at) => ({ ...tax, amount: shares[at] ?? difference }));
}
