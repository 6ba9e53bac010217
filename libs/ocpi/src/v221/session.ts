import { z } from 'zod';
import { type Wire } from '../shared/ocpi-version';
import { ciString, dateTime, list, number, optional, text } from '../shared/primitives';
import { kwh, utc } from '../shared/quantities';
import { type RoamingSession } from '../shared/roaming-objects';
import { authMethod, cdrToken, cdrTokenOut } from './cdr-token';
import { periodsOut, sessionPeriod } from './charging-period';
import { price, priceOut } from './price';

export const session = z.strictObject({
  country_code: ciString(2),
  party_id: ciString(3),
  id: ciString(36),
  start_date_time: dateTime,
  end_date_time: optional(dateTime),
  kwh: number,
  cdr_token: cdrToken,
  auth_method: authMethod,
  authorization_reference: optional(ciString(36)),
  location_id: ciString(36),
  evse_uid: ciString(36),
  connector_id: ciString(36),
  meter_id: optional(text(255)),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code'),
  charging_periods: list(sessionPeriod),
  total_cost: optional(price),
  status: z.enum(['ACTIVE', 'COMPLETED', 'INVALID', 'PENDING', 'RESERVATION']),
  last_updated: dateTime,
});

export const sessionPatch = session.partial().required({ last_updated: true });

/** Allowed where the value cannot be filled; stations may keep the connector to themselves. */
const NOT_AVAILABLE = '#NA';

/**
 * A whole Session, OCPI 2.2.1 (mod_sessions, PUT). It replaces what the partner has, periods too.
 *
 * - `kwh`: kWh since the start, 4 decimals.
 * - `total_cost`: left out until the session is priced; a cost of 0 means free of charge.
 *
 * @throws ZodError when the result breaks the 2.2.1 schema; that is our bug, not the partner's.
 */
export const sessionOut = (from: RoamingSession): Wire =>
  session.parse({
    country_code: from.place.place.countryCode,
    party_id: from.place.place.partyId,
    id: from.sessionId,
    start_date_time: utc(from.startedAt),
    end_date_time: from.endedAt && utc(from.endedAt),
    cdr_token: cdrTokenOut(from.authorization),
    auth_method: from.authorization.method,
    authorization_reference: from.authorization.reference,
    location_id: from.place.place.locationId,
    evse_uid: from.place.evse.evseUid,
    connector_id: from.place.connector?.connectorId ?? NOT_AVAILABLE,
    currency: from.currency,
    charging_periods: periodsOut(from.periods),
    ...totals(from),
  });

/**
 * The body of a Session PATCH, OCPI 2.2.1 (mod_sessions, PATCH).
 *
 * Carries totals only. PATCH *adds* `charging_periods` to those the partner has (OCPI-SES-08), so a
 * retried patch would double them; periods travel by PUT, which replaces.
 *
 * @throws ZodError when the result breaks the 2.2.1 schema; that is our bug, not the partner's.
 */
export const sessionPatchOut = (from: RoamingSession): Wire => sessionPatch.parse(totals(from));

const totals = (from: RoamingSession) => ({
  kwh: kwh(from.energy),
  total_cost: from.cost && priceOut(from.cost),
  status: from.status,
  last_updated: utc(from.updatedAt),
});
