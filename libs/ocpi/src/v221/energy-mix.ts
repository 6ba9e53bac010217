import { z } from 'zod';
import { list, number, optional, text } from '../shared/primitives';

const energySource = z.strictObject({
  source: z.enum([
    'NUCLEAR',
    'GENERAL_FOSSIL',
    'COAL',
    'GAS',
    'GENERAL_GREEN',
    'SOLAR',
    'WIND',
    'WATER',
  ]),
  percentage: number,
});

const environmentalImpact = z.strictObject({
  category: z.enum(['NUCLEAR_WASTE', 'CARBON_DIOXIDE']),
  amount: number,
});

export const energyMix = z.strictObject({
  is_green_energy: z.boolean(),
  energy_sources: list(energySource),
  environ_impact: list(environmentalImpact),
  supplier_name: optional(text(64)),
  energy_product_name: optional(text(64)),
});
