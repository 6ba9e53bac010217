import { z } from 'zod';
import { atLeastOne, ciString, dateTime, list, number, optional, text } from '../shared/primitives';
import { authMethod, cdrToken } from './cdr-token';
import { cdrPeriod } from './charging-period';
import { connectorFormat, connectorType, geoLocation, powerType } from './location-schema';
import { price } from './price';
import { signedData } from './signed-data';
import { tariff } from './tariff';

/** Shorter than a Location's: address 45, state 20 (OCPI-TYP-07). */
const cdrLocation = z.strictObject({
  id: ciString(36),
  name: optional(text(255)),
  address: text(45),
  city: text(45),
  postal_code: optional(text(10)),
  state: optional(text(20)),
  country: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 3166-1 alpha-3 code'),
  coordinates: geoLocation,
  evse_uid: ciString(36),
  evse_id: ciString(48),
  connector_id: ciString(36),
  connector_standard: connectorType,
  connector_format: connectorFormat,
  connector_power_type: powerType,
});

export const cdr = z
  .strictObject({
    country_code: ciString(2),
    party_id: ciString(3),
    id: ciString(39),
    start_date_time: dateTime,
    end_date_time: dateTime,
    session_id: optional(ciString(36)),
    cdr_token: cdrToken,
    auth_method: authMethod,
    authorization_reference: optional(ciString(36)),
    cdr_location: cdrLocation,
    meter_id: optional(text(255)),
    currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code'),
    tariffs: list(tariff),
    charging_periods: atLeastOne(cdrPeriod),
    signed_data: optional(signedData),
    total_cost: price,
    total_fixed_cost: optional(price),
    total_energy: number,
    total_energy_cost: optional(price),
    total_time: number,
    total_time_cost: optional(price),
    total_parking_time: optional(number),
    total_parking_cost: optional(price),
    total_reservation_cost: optional(price),
    remark: optional(text(255)),
    invoice_reference_id: optional(ciString(39)),
    credit: optional(z.boolean()),
    credit_reference_id: optional(ciString(39)),
    home_charging_compensation: optional(z.boolean()),
    last_updated: dateTime,
  })
  .refine(
    ({ credit, id }) => credit === true || id.length <= 36,
    'id may exceed 36 characters only in a credit CDR',
  )
  .refine(
    ({ credit, credit_reference_id }) => (credit === true) === (credit_reference_id !== undefined),
    'credit and credit_reference_id go together',
  );
