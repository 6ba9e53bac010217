import { type Tariff, currencySchema, tariffSchema } from '@voltledger/contracts';
import { z } from 'zod';
import {
  componentFields,
  componentIn,
  receivedNumber,
  restrictionFields,
  restrictionsIn,
} from '../shared/price-elements';
import {
  energyMixIn,
  receivedEnergyMix,
  receivedInstant,
  tariffTextFields,
} from '../shared/price-text';
import { atLeastOne, ciString, optional } from '../shared/primitives';
import { type Party } from '../shared/roaming-objects';

/** What a partner may send: null is absent, unknown fields are ignored (OCPI-TYP-15 to 17). */
const received = z.object({
  id: ciString(36),
  currency: currencySchema,
  ...tariffTextFields,
  elements: atLeastOne(
    z.object({
      price_components: atLeastOne(z.object(componentFields(receivedNumber))),
      restrictions: optional(z.object(restrictionFields(receivedNumber))),
    }),
  ),
  energy_mix: optional(receivedEnergyMix),
  last_updated: receivedInstant,
});

/**
 * A Tariff as received, OCPI 2.1.1 (mod_tariffs): prices before VAT, whose rate nobody knows.
 *
 * @param owner whose tariff it is: the object itself does not say.
 * @throws ZodError naming field and rule.
 */
export function tariffIn(body: unknown, { countryCode, partyId }: Party): Tariff {
  const wire = received.parse(body);
  return tariffSchema.parse({
    tariffId: wire.id,
    countryCode,
    partyId,
    currency: wire.currency,
    text: wire.tariff_alt_text,
    url: wire.tariff_alt_url,
    taxIncluded: 'NO',
    elements: wire.elements.map(({ price_components, restrictions }) => ({
      components: price_components.map(componentIn),
      restrictions: restrictionsIn(restrictions),
    })),
    energyMix: wire.energy_mix && energyMixIn(wire.energy_mix),
    updatedAt: wire.last_updated,
  });
}
