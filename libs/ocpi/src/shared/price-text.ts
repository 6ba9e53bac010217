import { type EnergyMix, type Tariff } from '@voltledger/contracts';
import { type Instant, parseInstant } from '@voltledger/kernel';
import { z } from 'zod';
import { list, number, optional, text, url } from './primitives';
import { plainDecimal } from './price-elements';

const LANGUAGE_LENGTH = 2;
const ENERGY_SOURCES = [
  'NUCLEAR',
  'GENERAL_FOSSIL',
  'COAL',
  'GAS',
  'GENERAL_GREEN',
  'SOLAR',
  'WIND',
  'WATER',
] as const;
const KNOWN_IMPACTS: readonly string[] = ['NUCLEAR_WASTE', 'CARBON_DIOXIDE'];

/** Any RFC 3339 time; one without a zone is UTC (OCPI-TYP-13, OCPI-TYP-14). */
export const receivedInstant = z.string().transform((text, context): Instant => {
  const parsed = parseInstant(text);
  if (parsed) return parsed;
  context.addIssue({ code: 'custom', message: 'must be an RFC 3339 time' });
  return z.NEVER;
});

const characters = (max: number) =>
  z
    .string()
    .refine((value) => Array.from(value).length <= max, `must have at most ${max} characters`);

/** What drivers read about a tariff. Fields nobody documented are left out (OCPI-TYP-17). */
export const tariffTextFields = {
  tariff_alt_text: list(
    z.object({ language: z.string().length(LANGUAGE_LENGTH), text: characters(512) }),
  ),
  tariff_alt_url: optional(z.url().max(255)),
};

/** EnergyMix as received; 2.1.1 calls an impact's category its source. */
export const receivedEnergyMix = z.object({
  is_green_energy: z.boolean(),
  energy_sources: list(z.object({ source: z.enum(ENERGY_SOURCES), percentage: z.number() })),
  environ_impact: list(
    z
      .object({
        category: optional(z.string().max(64)),
        source: optional(z.string().max(64)),
        amount: z.number(),
      })
      .transform(({ category, source, amount }, context) => {
        const name = category ?? source;
        if (name !== undefined) return { category: name, amount: plainDecimal(amount) };
        context.addIssue({ code: 'custom', message: 'needs a category' });
        return z.NEVER;
      }),
  ),
  supplier_name: optional(characters(64)),
  energy_product_name: optional(characters(64)),
});

export const energyMixIn = (wire: z.output<typeof receivedEnergyMix>): EnergyMix => ({
  green: wire.is_green_energy,
  ...(wire.energy_sources && {
    sources: wire.energy_sources.map(({ source, percentage }) => ({
      source,
      percent: plainDecimal(percentage),
    })),
  }),
  ...(wire.environ_impact && { impacts: wire.environ_impact }),
  ...(wire.supplier_name !== undefined && { supplier: wire.supplier_name }),
  ...(wire.energy_product_name !== undefined && { product: wire.energy_product_name }),
});

/** EnergyMix as it is sent; `impact` as the version has it. */
export const writtenEnergyMix = <Impact extends z.ZodType>(impact: Impact) =>
  z.strictObject({
    is_green_energy: z.boolean(),
    energy_sources: list(z.strictObject({ source: z.enum(ENERGY_SOURCES), percentage: number })),
    environ_impact: list(impact),
    supplier_name: optional(text(64)),
    energy_product_name: optional(text(64)),
  });

export const writtenTextFields = {
  tariff_alt_text: list(
    z.strictObject({
      language: z.string().regex(/^[a-z]{2}$/i, 'must be an ISO 639-1 code'),
      text: text(512),
    }),
  ),
  tariff_alt_url: optional(url),
};

/** An impact that only a newer version has a word for stays out (OCPI-TYP-22). */
export const knownImpacts = (mix: EnergyMix): EnergyMix => ({
  ...mix,
  impacts: mix.impacts?.filter(({ category }) => KNOWN_IMPACTS.includes(category)),
});

/** As from 2.2 on. Numbers are written as they were read. */
export const energyMixOut = (mix: EnergyMix) => ({
  is_green_energy: mix.green,
  energy_sources: mix.sources?.map(({ source, percent }) => ({
    source,
    percentage: Number(percent),
  })),
  environ_impact: mix.impacts?.map(({ category, amount }) => ({
    category,
    amount: Number(amount),
  })),
  supplier_name: mix.supplier,
  energy_product_name: mix.product,
});

export const textsOut = ({ text, url }: Pick<Tariff, 'text' | 'url'>) => ({
  tariff_alt_text: text,
  tariff_alt_url: url,
});
