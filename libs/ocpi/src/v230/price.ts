import { type Price } from '@voltledger/contracts';
import { type Money, divideHalfUp } from '@voltledger/kernel';
import { z } from 'zod';
import { list, number, optional, text } from '../shared/primitives';
import { numberOf } from '../shared/price-numbers';

const DECIMALS = 4;
const MICROS_PER_PART = 100n;

const taxAmount = z.strictObject({
  name: text(255),
  account_number: optional(text(255)),
  percentage: optional(number),
  amount: number,
});

export const price = z.strictObject({ before_taxes: number, taxes: list(taxAmount) });

/**
 * Price, OCPI 2.3.0 (types): `before_taxes` and the taxes add up to what is owed, to the last of
 * the four decimals (OCPI-TAR-15).
 */
export function priceOut({ beforeTaxes, afterTaxes, taxes }: Price): z.input<typeof price> {
  const before = tenThousandths(beforeTaxes);
  const rounded = taxes.map((tax) => tenThousandths(tax.amount));
  const amounts = afterTaxes ? addingUp(rounded, tenThousandths(afterTaxes) - before) : rounded;
  return {
    before_taxes: numberOf(before, DECIMALS),
    taxes: taxes.map(({ name, percent }, index) => ({
      name,
      percentage: percent === undefined ? undefined : Number(percent),
      amount: numberOf(amounts[index] ?? 0, DECIMALS),
    })),
  };
}

const tenThousandths = ({ micros }: Money): number =>
  Number(divideHalfUp(BigInt(micros), MICROS_PER_PART));

/** The last part takes what rounding left over. */
function addingUp(parts: readonly number[], total: number): readonly number[] {
  if (parts.length === 0) return parts;
  const others = parts.slice(0, -1);
  return [...others, others.reduce((rest, part) => rest - part, total)];
}
