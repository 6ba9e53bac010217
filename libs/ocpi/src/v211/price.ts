import { type Price } from '@voltledger/contracts';
import { number } from '../shared/primitives';
import { amount } from '../shared/quantities';

/** A plain number, before VAT. */
export const price = number;

export const priceOut = ({ beforeTaxes }: Price): number => amount(beforeTaxes);
