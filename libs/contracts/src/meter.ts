import { z } from 'zod';
import { energySchema, instantSchema } from './values';

/** A signed record, byte for byte as the station sent it. */
export const signedMeterDataSchema = z.object({
  data: z.string().min(1).max(65_536),
  encodingMethod: z.string().max(50),
  signingMethod: z.string().max(50),
  publicKey: z.string().max(4_096),
});

/** One sample set of the billing register: Energy.Active.Import.Register of the whole EVSE. */
export const readingSchema = z.object({
  /** The station's time, as sent. */
  measuredAt: instantSchema,
  register: energySchema,
  context: z.enum(['begin', 'end', 'periodic', 'clock', 'interruption', 'trigger', 'other']),
  /** Momentary watts, all phases together. */
  power: z.number().optional(),
  /** Momentary amperes, sum over the phases. */
  current: z.number().optional(),
  /** Percent. */
  stateOfCharge: z.number().min(0).max(100).optional(),
  signed: signedMeterDataSchema.optional(),
});

export const chargingState = z.enum([
  'Idle',
  'EVConnected',
  'Charging',
  'SuspendedEV',
  'SuspendedEVSE',
]);

export type SignedMeterData = z.output<typeof signedMeterDataSchema>;
export type Reading = z.output<typeof readingSchema>;
export type ChargingState = z.output<typeof chargingState>;
