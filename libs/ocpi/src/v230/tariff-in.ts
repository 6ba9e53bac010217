import { type Tariff, currencySchema, tariffSchema } from '@voltledger/contracts';
import { z } from 'zod';
import {
  componentFields,
  componentIn,
  laterRestrictionFields,
  receivedNumber,
  restrictionFields,
  restrictionsIn,
} from '../shared/price-elements';
import { microsOf } from '../shared/price-numbers';
import { limitIn } from '../shared/price-limits';
import {
  energyMixIn,
  receivedEnergyMix,
  receivedInstant,
  tariffTextFields,
} from '../shared/price-text';
import { atLeastOne, ciString, optional } from '../shared/primitives';

const priceLimit = z.object({
  before_taxes: receivedNumber,
  after_taxes: optional(receivedNumber),
});

/** What a partner may send: null is absent, unknown fields are ignored (OCPI-TYP-15 to 17). */
const received = z.object({
  country_code: ciString(2),
  party_id: ciString(3),
  id: ciString(36),
  currency: currencySchema,
  type: optional(tariffSchema.shape.type.unwrap()),
  ...tariffTextFields,
  min_price: optional(priceLimit),
  max_price: optional(priceLimit),
  preauthorize_amount: optional(receivedNumber.nonnegative()),
  /** Required, but the standard's own CDR sample lacks it: then as in earlier versions (OCPI-CDR-32). */
  tax_included: optional(tariffSchema.shape.taxIncluded),
  elements: atLeastOne(
    z.object({
      price_components: atLeastOne(
        z.object({ ...componentFields(receivedNumber), vat: optional(receivedNumber) }),
      ),
      restrictions: optional(
        z.object({
          ...restrictionFields(receivedNumber),
          ...laterRestrictionFields(receivedNumber),
          /** Module bookings. */
          booking: optional(z.string()),
        }),
      ),
    }),
  ),
  start_date_time: optional(receivedInstant),
  end_date_time: optional(receivedInstant),
  energy_mix: optional(receivedEnergyMix),
  last_updated: receivedInstant,
});

/**
 * A Tariff as received, OCPI 2.3.0 (mod_tariffs). Elements for bookings are left out: they never
 * price a charging session that was not booked, and bookings are not offered.
 *
 * @throws ZodError naming field and rule.
 */
export function tariffIn(body: unknown): Tariff {
  const wire = received.parse(body);
  return tariffSchema.parse({
    tariffId: wire.id,
    countryCode: wire.country_code,
    partyId: wire.party_id,
    currency: wire.currency,
    type: wire.type,
    text: wire.tariff_alt_text,
    url: wire.tariff_alt_url,
    taxIncluded: wire.tax_included ?? 'NO',
    minPrice: wire.min_price && limitIn(wire.min_price.before_taxes, wire.min_price.after_taxes),
    maxPrice: wire.max_price && limitIn(wire.max_price.before_taxes, wire.max_price.after_taxes),
    preauthorizeAmount:
      wire.preauthorize_amount === undefined ? undefined : microsOf(wire.preauthorize_amount),
    elements: wire.elements
      .filter(({ restrictions }) => restrictions?.booking === undefined)
      .map(({ price_components, restrictions }) => ({
        components: price_components.map(componentIn),
        restrictions: restrictionsIn(restrictions),
      })),
    energyMix: wire.energy_mix && energyMixIn(wire.energy_mix),
    validFrom: wire.start_date_time,
    validTo: wire.end_date_time,
    updatedAt: wire.last_updated,
  });
}
