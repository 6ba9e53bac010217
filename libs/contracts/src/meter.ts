import { z } from 'zod';
import { energySchema, instantSchema } from './values';

/** A signed record, byte for byte as the station sent it. */
export const signedMeterDataSchema = z.object({
  data: z.string().min(1).max(65_536),
  encodingMethod: z.string().max(50),
  signingMethod: z.string().max(50),
  publicKey: z.string().max(4_096),
});

/** One reading of a billing register inside a signed record. */
export const signedReadingSchema = z.object({
  /** OCMF's TX: `B` begins, `E`, `L`, `R`, `A`, `P` end; ALFEN's are told in the same letters. */
  kind: z.string().max(4),
  /** As written, with its clock state. */
  time: z.string().max(64),
  /** As written. */
  value: z.string().max(64),
  unit: z.string().max(16),
  register: z.string().max(64),
  status: z.string().max(8),
  errorFlags: z.string().max(16),
});

/** What a signed record says about the transaction: never who charged. */
export const signedContentSchema = z.object({
  pagination: z.string().max(32),
  meterSerial: z.string().max(100),
  identError: z.boolean(),
  eventCounter: z.string().max(32).optional(),
  exception: z.boolean(),
  readings: z.array(signedReadingSchema).max(8),
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
export type SignedReading = z.output<typeof signedReadingSchema>;
export type SignedContent = z.output<typeof signedContentSchema>;
export type Reading = z.output<typeof readingSchema>;
export type ChargingState = z.output<typeof chargingState>;
