import { type PriceComponent, type PriceLimit, type Tariff } from '@voltledger/contracts';
import { z } from 'zod';
import { type Wire } from '../shared/ocpi-version';
import {
  componentFields,
  componentOut,
  laterRestrictionFields,
  laterRestrictionsOut,
  restrictionFields,
  restrictionsOut,
} from '../shared/price-elements';
import { amountOf } from '../shared/price-numbers';
import { limitOut } from '../shared/price-limits';
import { energyMixOut, textsOut, writtenEnergyMix, writtenTextFields } from '../shared/price-text';
import { atLeastOne, ciString, dateTime, number, optional, text } from '../shared/primitives';
import { utc } from '../shared/quantities';

const priceLimit = z.strictObject({ before_taxes: number, after_taxes: optional(number) });
/** EnvironmentalImpactCategory is open: other words than the known ones are allowed. */
const energyMix = writtenEnergyMix(z.strictObject({ category: text(64), amount: number }));

const element = z.strictObject({
  price_components: atLeastOne(
    z.strictObject({ ...componentFields(number), vat: optional(number) }),
  ),
  restrictions: optional(
    z.strictObject({ ...restrictionFields(number), ...laterRestrictionFields(number) }),
  ),
});

export const tariff = z.strictObject({
  country_code: ciString(2),
  party_id: ciString(3),
  id: ciString(36),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code'),
  type: optional(
    z.enum(['AD_HOC_PAYMENT', 'PROFILE_CHEAP', 'PROFILE_FAST', 'PROFILE_GREEN', 'REGULAR']),
  ),
  ...writtenTextFields,
  min_price: optional(priceLimit),
  max_price: optional(priceLimit),
  preauthorize_amount: optional(number),
  elements: atLeastOne(element),
  tax_included: z.enum(['YES', 'NO', 'N/A']),
  start_date_time: optional(dateTime),
  end_date_time: optional(dateTime),
  energy_mix: optional(energyMix),
  last_updated: dateTime,
});

/**
 * A Tariff, OCPI 2.3.0 (mod_tariffs). `tax_included` says how prices stand to taxes (OCPI-TAR-14);
 * the limits are always told before and after taxes.
 *
 * @throws ZodError when the result breaks the 2.3.0 schema; that is our bug, not the partner's.
 */
export const tariffOut = (from: Tariff): Wire =>
  tariff.parse({
    country_code: from.countryCode,
    party_id: from.partyId,
    id: from.tariffId,
    currency: from.currency,
    type: from.type,
    ...textsOut(from),
    min_price: from.minPrice && taxLimit(from.minPrice),
    max_price: from.maxPrice && taxLimit(from.maxPrice),
    preauthorize_amount:
      from.preauthorizeAmount === undefined ? undefined : amountOf(from.preauthorizeAmount),
    elements: from.elements.map(({ components, restrictions }) => ({
      price_components: components.map(taxedComponent),
      restrictions: restrictions && {
        ...restrictionsOut(restrictions),
        ...laterRestrictionsOut(restrictions),
      },
    })),
    tax_included: from.taxIncluded,
    start_date_time: from.validFrom && utc(from.validFrom),
    end_date_time: from.validTo && utc(from.validTo),
    energy_mix: from.energyMix && energyMixOut(from.energyMix),
    last_updated: utc(from.updatedAt),
  });

const taxedComponent = (component: PriceComponent) => ({
  ...componentOut(component),
  vat: component.vat === undefined ? undefined : Number(component.vat),
});

function taxLimit(limit: PriceLimit) {
  const { before, after } = limitOut(limit);
  return { before_taxes: before, after_taxes: after };
}
