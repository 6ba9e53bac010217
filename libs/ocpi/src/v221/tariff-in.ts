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
import { limitIn } from '../shared/price-limits';
import {
  energyMixIn,
  receivedEnergyMix,
  receivedInstant,
  tariffTextFields,
} from '../shared/price-text';
import { atLeastOne, ciString, optional } from '../shared/primitives';

const vatPrice = z.object({ excl_vat: receivedNumber, incl_vat: optional(receivedNumber) });

/** What a partner may send: null is absent, unknown fields are ignored (OCPI-TYP-15 to 17). */
const received = z.object({
  country_code: ciString(2),
  party_id: ciString(3),
  id: ciString(36),
  currency: currencySchema,
  type: optional(tariffSchema.shape.type.unwrap()),
  ...tariffTextFields,
  min_price: optional(vatPrice),
  max_price: optional(vatPrice),
  elements: atLeastOne(
    z.object({
      price_components: atLeastOne(
        z.object({ ...componentFields(receivedNumber), vat: optional(receivedNumber) }),
      ),
      restrictions: optional(
        z.object({
          ...restrictionFields(receivedNumber),
          ...laterRestrictionFields(receivedNumber),
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
 * A Tariff as received, OCPI 2.2.1 (mod_tariffs): prices before VAT.
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
    taxIncluded: 'NO',
    minPrice: wire.min_price && limitIn(wire.min_price.excl_vat, wire.min_price.incl_vat),
    maxPrice: wire.max_price && limitIn(wire.max_price.excl_vat, wire.max_price.incl_vat),
    elements: wire.elements.map(({ price_components, restrictions }) => ({
      components: price_components.map(componentIn),
      restrictions: restrictionsIn(restrictions),
    })),
    energyMix: wire.energy_mix && energyMixIn(wire.energy_mix),
    validFrom: wire.start_date_time,
    validTo: wire.end_date_time,
    updatedAt: wire.last_updated,
  });
}
