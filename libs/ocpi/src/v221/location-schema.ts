import { z } from 'zod';
import { atLeastOne, ciString, dateTime, list, optional, text, url } from '../shared/primitives';
import { businessDetails, image } from './business-details';
import { displayText } from './display-text';
import { energyMix } from './energy-mix';
import { hours } from './hours';
import { tokenType } from './token-type';

const latitude = z.string().regex(/^-?\d{1,2}\.\d{5,7}$/, 'must have 5 to 7 decimals');
const longitude = z.string().regex(/^-?\d{1,3}\.\d{5,7}$/, 'must have 5 to 7 decimals');

export const geoLocation = z.strictObject({ latitude, longitude });

/** Closed lists: what is not in them cannot be told to a 2.2.1 partner. */
export const connectorType = z.enum(
  (
    'CHADEMO CHAOJI DOMESTIC_A DOMESTIC_B DOMESTIC_C DOMESTIC_D DOMESTIC_E DOMESTIC_F DOMESTIC_G ' +
    'DOMESTIC_H DOMESTIC_I DOMESTIC_J DOMESTIC_K DOMESTIC_L DOMESTIC_M DOMESTIC_N DOMESTIC_O ' +
    'GBT_AC GBT_DC IEC_60309_2_single_16 IEC_60309_2_three_16 IEC_60309_2_three_32 ' +
    'IEC_60309_2_three_64 IEC_62196_T1 IEC_62196_T1_COMBO IEC_62196_T2 IEC_62196_T2_COMBO ' +
    'IEC_62196_T3A IEC_62196_T3C NEMA_5_20 NEMA_6_30 NEMA_6_50 NEMA_10_30 NEMA_10_50 ' +
    'NEMA_14_30 NEMA_14_50 PANTOGRAPH_BOTTOM_UP PANTOGRAPH_TOP_DOWN TESLA_R TESLA_S'
  ).split(' '),
);

export const capability = z.enum([
  'CHARGING_PROFILE_CAPABLE',
  'CHARGING_PREFERENCES_CAPABLE',
  'CHIP_CARD_SUPPORT',
  'CONTACTLESS_CARD_SUPPORT',
  'CREDIT_CARD_PAYABLE',
  'DEBIT_CARD_PAYABLE',
  'PED_TERMINAL',
  'REMOTE_START_STOP_CAPABLE',
  'RESERVABLE',
  'RFID_READER',
  'START_SESSION_CONNECTOR_REQUIRED',
  'TOKEN_GROUP_CAPABLE',
  'UNLOCK_CAPABLE',
]);

export const connectorFormat = z.enum(['SOCKET', 'CABLE']);
export const powerType = z.enum([
  'AC_1_PHASE',
  'AC_2_PHASE',
  'AC_2_PHASE_SPLIT',
  'AC_3_PHASE',
  'DC',
]);
const status = z.enum([
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

export const connector = z.strictObject({
  id: ciString(36),
  standard: connectorType,
  format: connectorFormat,
  power_type: powerType,
  max_voltage: z.int(),
  max_amperage: z.int(),
  max_electric_power: optional(z.int()),
  tariff_ids: list(ciString(36)),
  terms_and_conditions: optional(url),
  last_updated: dateTime,
});

export const evse = z.strictObject({
  uid: ciString(36),
  evse_id: optional(ciString(48)),
  status,
  status_schedule: list(
    z.strictObject({ period_begin: dateTime, period_end: optional(dateTime), status }),
  ),
  capabilities: list(capability),
  connectors: atLeastOne(connector),
  floor_level: optional(text(4)),
  coordinates: optional(geoLocation),
  physical_reference: optional(text(16)),
  directions: list(displayText),
  parking_restrictions: list(
    z.enum(['EV_ONLY', 'PLUGGED', 'DISABLED', 'CUSTOMERS', 'MOTORCYCLES']),
  ),
  images: list(image),
  last_updated: dateTime,
});

/** Only what changes; `last_updated` always (OCPI-TYP-26). */
export const evsePatch = evse.partial().required({ last_updated: true });

const publishTokenType = z.strictObject({
  uid: optional(ciString(36)),
  type: optional(tokenType),
  visual_number: optional(text(64)),
  issuer: optional(text(64)),
  group_id: optional(ciString(36)),
});

const facility = z.enum(
  (
    'HOTEL RESTAURANT CAFE MALL SUPERMARKET SPORT RECREATION_AREA NATURE MUSEUM BIKE_SHARING ' +
    'BUS_STOP TAXI_STAND TRAM_STOP METRO_STATION TRAIN_STATION AIRPORT PARKING_LOT ' +
    'CARPOOL_PARKING FUEL_STATION WIFI'
  ).split(' '),
);

export const location = z.strictObject({
  country_code: ciString(2),
  party_id: ciString(3),
  id: ciString(36),
  publish: z.boolean(),
  publish_allowed_to: list(publishTokenType),
  name: optional(text(255)),
  address: text(255),
  city: text(45),
  postal_code: optional(text(10)),
  state: optional(text(45)),
  /** ISO 3166-1 alpha-3 (OCPI-LOC-19). */
  country: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 3166-1 alpha-3 code'),
  coordinates: geoLocation,
  related_locations: list(z.strictObject({ latitude, longitude, name: optional(displayText) })),
  parking_type: optional(
    z.enum([
      'ALONG_MOTORWAY',
      'PARKING_GARAGE',
      'PARKING_LOT',
      'ON_DRIVEWAY',
      'ON_STREET',
      'UNDERGROUND_GARAGE',
    ]),
  ),
  evses: list(evse),
  directions: list(displayText),
  operator: optional(businessDetails),
  suboperator: optional(businessDetails),
  owner: optional(businessDetails),
  facilities: list(facility),
  time_zone: text(255),
  opening_times: optional(hours),
  charging_when_closed: optional(z.boolean()),
  images: list(image),
  energy_mix: optional(energyMix),
  last_updated: dateTime,
});
