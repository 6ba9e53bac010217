import { type Restrictions, type Tariff, type TariffElement } from '@voltledger/contracts';
import { z } from 'zod';
import { type Wire } from '../shared/ocpi-version';
import {
  componentFields,
  componentOut,
  restrictionFields,
  restrictionsOut,
} from '../shared/price-elements';
import { notExpressible, pricedBeforeTaxes } from '../shared/price-limits';
import {
  energyMixOut,
  knownImpacts,
  writtenEnergyMix,
  writtenTextFields,
} from '../shared/price-text';
import { atLeastOne, ciString, dateTime, number, optional } from '../shared/primitives';
import { utc } from '../shared/quantities';

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** Here an impact's category is called its source. */
const energyMix = writtenEnergyMix(
  z.strictObject({ source: z.enum(['NUCLEAR_WASTE', 'CARBON_DIOXIDE']), amount: number }),
);

export const tariff = z.strictObject({
  id: ciString(36),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code'),
  ...writtenTextFields,
  elements: atLeastOne(
    z.strictObject({
      price_components: atLeastOne(z.strictObject(componentFields(number))),
      restrictions: optional(z.strictObject(restrictionFields(number))),
    }),
  ),
  energy_mix: optional(energyMix),
  last_updated: dateTime,
});

/**
 * A Tariff, OCPI 2.1.1 (mod_tariffs): prices before VAT, and nothing else than elements.
 * VAT, limits, type and validity have no words here. Elements that price reservations, or ask for a
 * current, are left out: without their condition they would price what they do not.
 *
 * @throws DomainError TARIFF_NOT_EXPRESSIBLE when no element is left.
 * @throws ZodError when the result breaks the 2.1.1 schema; that is our bug, not the partner's.
 */
export function tariffOut(given: Tariff): Wire {
  const from = pricedBeforeTaxes(given);
  const elements = from.elements.filter(({ restrictions = {} }) => expressible(restrictions));
  if (elements.length === 0) throw notExpressible(from, 'every element asks for what it lacks');
  return tariff.parse({
    id: from.tariffId,
    currency: from.currency,
    tariff_alt_text: from.text?.filter(({ text }) => PRINTABLE_ASCII.test(text)),
    tariff_alt_url: from.url,
    elements: elements.map(elementOut),
    energy_mix: from.energyMix && sourcedImpacts(energyMixOut(knownImpacts(from.energyMix))),
    last_updated: withoutFraction(utc(from.updatedAt)),
  });
}

const expressible = ({ minCurrent, maxCurrent, reservation }: Restrictions): boolean =>
  minCurrent === undefined && maxCurrent === undefined && reservation === undefined;

const elementOut = ({ components, restrictions }: TariffElement) => ({
  price_components: components.map(componentOut),
  restrictions: restrictions && restrictionsOut(restrictions),
});

const sourcedImpacts = (mix: ReturnType<typeof energyMixOut>) => ({
  ...mix,
  environ_impact: mix.environ_impact?.map(({ category, amount }) => ({ source: category, amount })),
});

/** Times have no fraction here (OCPI-TYP-12). */
const withoutFraction = (time: string): string => time.replace(/\.\d+Z$/, 'Z');
