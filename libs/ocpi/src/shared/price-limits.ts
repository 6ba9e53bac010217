import { type PriceLimit, type Tariff } from '@voltledger/contracts';
import { DomainError, divideHalfUp, scaledInteger } from '@voltledger/kernel';
import { amountOf, microsOf } from './price-numbers';

const PERCENT_DIGITS = 12;
const HUNDRED_PERCENT = 100n * 10n ** BigInt(PERCENT_DIGITS);

/** @param after absent: the amount after taxes is not limited. */
export const limitIn = (before: number, after: number | undefined): PriceLimit => ({
  beforeTaxes: microsOf(before),
  ...(after !== undefined && { afterTaxes: microsOf(after) }),
});

export const limitOut = ({ beforeTaxes, afterTaxes }: PriceLimit) => ({
  before: amountOf(beforeTaxes),
  after: afterTaxes === undefined ? undefined : amountOf(afterTaxes),
});

/**
 * The tariff with its prices before taxes, for versions that know no other. Prices are rounded half
 * up to millionths: what a partner computes from them may differ by as much per unit.
 *
 * @throws DomainError TARIFF_NOT_EXPRESSIBLE when a price includes taxes of an unknown rate.
 */
export function pricedBeforeTaxes(tariff: Tariff): Tariff {
  if (tariff.taxIncluded !== 'YES') return tariff;
  const elements = tariff.elements.map((element) => ({
    ...element,
    components: element.components.map((component) => {
      if (component.price !== 0 && component.vat === undefined)
        throw notExpressible(tariff, 'a price includes taxes, but names no rate');
      return { ...component, price: withoutVat(component.price, component.vat ?? '0') };
    }),
  }));
  return { ...tariff, taxIncluded: 'NO', elements };
}

function withoutVat(gross: number, vat: string): number {
  const scaled = scaledInteger(vat, PERCENT_DIGITS) ?? 0n;
  return Number(divideHalfUp(BigInt(gross) * HUNDRED_PERCENT, HUNDRED_PERCENT + scaled));
}

export const notExpressible = ({ tariffId }: Tariff, why: string): DomainError =>
  new DomainError(
    'TARIFF_NOT_EXPRESSIBLE',
    `This OCPI version cannot say what the tariff costs: ${why}.`,
    { tariffId, why },
  );
