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
import { limitOut, pricedBeforeTaxes } from '../shared/price-limits';
import { energyMixOut, knownImpacts, textsOut } from '../shared/price-text';
import { atLeastOne, ciString, dateTime, list, number, optional, url } from '../shared/primitives';
import { utc } from '../shared/quantities';
import { displayText } from './display-text';
import { energyMix } from './energy-mix';
import { price } from './price';

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
  tariff_alt_text: list(displayText),
  tariff_alt_url: optional(url),
  min_price: optional(price),
  max_price: optional(price),
  elements: atLeastOne(element),
  start_date_time: optional(dateTime),
  end_date_time: optional(dateTime),
  energy_mix: optional(energyMix),
  last_updated: dateTime,
});

/**
 * A Tariff, OCPI 2.2.1 (mod_tariffs). Prices are before VAT (OCPI-TAR-13): where ours include it
 * they are recomputed, half up to 4 decimals.
 *
 * @throws DomainError TARIFF_NOT_EXPRESSIBLE when a price includes taxes of an unknown rate.
 * @throws ZodError when the result breaks the 2.2.1 schema; that is our bug, not the partner's.
 */
export function tariffOut(given: Tariff): Wire {
  const from = pricedBeforeTaxes(given);
  return tariff.parse({
    country_code: from.countryCode,
    party_id: from.partyId,
    id: from.tariffId,
    currency: from.currency,
    type: from.type,
    ...textsOut(from),
    min_price: from.minPrice && vatLimit(from.minPrice),
    max_price: from.maxPrice && vatLimit(from.maxPrice),
    elements: from.elements.map(({ components, restrictions }) => ({
      price_components: components.map(taxedComponent),
      restrictions: restrictions && {
        ...restrictionsOut(restrictions),
        ...laterRestrictionsOut(restrictions),
      },
    })),
    start_date_time: from.validFrom && utc(from.validFrom),
    end_date_time: from.validTo && utc(from.validTo),
    energy_mix: from.energyMix && energyMixOut(knownImpacts(from.energyMix)),
    last_updated: utc(from.updatedAt),
  });
}

const taxedComponent = (component: PriceComponent) => ({
  ...componentOut(component),
  vat: component.vat === undefined ? undefined : Number(component.vat),
});

function vatLimit(limit: PriceLimit) {
  const { before, after } = limitOut(limit);
  return { excl_vat: before, incl_vat: after };
}
