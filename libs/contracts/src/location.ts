import { z } from 'zod';
import { instantSchema, locationId, stationId, tariffId, timeZoneSchema } from './values';

/** OCPI 2.2.1, mod_locations, ConnectorType; open, as from 2.3.0 on. */
export const connectorStandard = z.string().regex(/^[A-Z0-9_]{1,50}$/i);

export const connectorSchema = z.object({
  connectorId: z.string().min(1).max(36),
  standard: connectorStandard,
  format: z.enum(['SOCKET', 'CABLE']),
  powerType: z.enum(['AC_1_PHASE', 'AC_2_PHASE', 'AC_2_PHASE_SPLIT', 'AC_3_PHASE', 'DC']),
  /** Volts; line to neutral for AC_3_PHASE. */
  maxVoltage: z.int().positive(),
  /** Amperes per phase. */
  maxAmperage: z.int().positive(),
  /** Watts. */
  maxPower: z.int().positive(),
  tariffIds: z.array(tariffId),
});

export const evseStatus = z.enum([
  'AVAILABLE',
  'BLOCKED',
  'CHARGING',
  'INOPERATIVE',
  'OUTOFORDER',
  'PLANNED',
  'REMOVED',
  'RESERVED',
  'UNKNOWN',
]);

export const evseSchema = z.object({
  evseUid: z.string().min(1).max(36),
  /** eMI3 EVSE-ID such as `DE*VLT*E00001*1`. */
  evseId: z.string().min(1).max(48),
  stationId,
  /** The number the station itself uses: connectorId in OCPP 1.6, evse.id in 2.x. */
  stationEvse: z.int().positive(),
  status: evseStatus,
  capabilities: z.array(z.string()),
  connectors: z.array(connectorSchema).min(1),
  updatedAt: instantSchema,
});

export const placeSchema = z.object({
  locationId,
  countryCode: z.string().length(2),
  partyId: z.string().length(3),
  name: z.string().min(1).max(255),
  address: z.string().min(1).max(45),
  city: z.string().min(1).max(45),
  postalCode: z.string().min(1).max(10),
  /** ISO 3166-1 alpha-3. */
  country: z.string().length(3),
  /** Decimal degrees as text, 5 to 7 decimals. */
  latitude: z.string().regex(/^-?\d{1,2}\.\d{5,7}$/),
  longitude: z.string().regex(/^-?\d{1,3}\.\d{5,7}$/),
  timeZone: timeZoneSchema,
});

export const locationSchema = placeSchema.extend({
  operatorName: z.string().min(1).max(100),
  publish: z.boolean(),
  evses: z.array(evseSchema),
  updatedAt: instantSchema,
});

/** Where a session takes place, as it was at its start. */
export const chargingPlaceSchema = z.object({
  place: placeSchema,
  evse: evseSchema.pick({ evseUid: true, evseId: true, stationEvse: true }),
  /** Not known until the station says so: OCPP 2.x may leave it out. */
  connector: connectorSchema.optional(),
});

export type Connector = z.output<typeof connectorSchema>;
export type EvseStatus = z.output<typeof evseStatus>;
export type Evse = z.output<typeof evseSchema>;
export type Place = z.output<typeof placeSchema>;
export type Location = z.output<typeof locationSchema>;
export type ChargingPlace = z.output<typeof chargingPlaceSchema>;
