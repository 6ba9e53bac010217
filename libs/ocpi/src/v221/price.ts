import { type Price } from '@voltledger/contracts';
import { z } from 'zod';
import { number, optional } from '../shared/primitives';
import { amount } from '../shared/quantities';

export const price = z.strictObject({ excl_vat: number, incl_vat: optional(number) });

/** `incl_vat` is left out when no VAT is known, which is not the same as 0 % (R-33). */
export const priceOut = ({ beforeTaxes, afterTaxes }: Price): z.input<typeof price> => ({
  excl_vat: amount(beforeTaxes),
  incl_vat: afterTaxes && amount(afterTaxes),
});
