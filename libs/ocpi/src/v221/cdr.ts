import { type Cdr } from '@voltledger/contracts';
import { type Wire } from '../shared/ocpi-version';
import { hours, kwh, utc } from '../shared/quantities';
import { cdr } from './cdr-schema';
import { cdrTokenOut } from './cdr-token';
import { periodsOut } from './charging-period';
import { priceOut } from './price';
import { signedDataOut } from './signed-data';
import { tariffOut } from './tariff';

const PROOF_TOO_LONG = 'The signed meter data is too long for OCPI; ask us for it.';

/**
 * A CDR, OCPI 2.2.1 (mod_cdrs). The same record always gives the same JSON, so that sending it again
 * after a lost answer is recognised as the same (OCPI-CDR-06).
 *
 * - Volumes, `total_energy` (kWh) and times (hours): as delivered, 4 decimals.
 * - Costs: the CDR's currency, 4 decimals; `total_cost` after min_price and max_price, the others
 *   before (OCPI-CDR-23). In a credit CDR only `total_cost` is negative (OCPI-CDR-09).
 *
 * @throws ZodError when the result breaks the 2.2.1 schema, such as for an unknown connector.
 */
export const cdrOut = (from: Cdr): Wire =>
  cdr.parse({
    country_code: from.countryCode,
    party_id: from.partyId,
    id: from.cdrId,
    start_date_time: utc(from.startedAt),
    end_date_time: utc(from.endedAt),
    session_id: from.sessionId,
    cdr_token: cdrTokenOut(from.authorization),
    auth_method: from.authorization.method,
    authorization_reference: from.authorization.reference,
    cdr_location: locationOut(from),
    currency: from.costs.total.beforeTaxes.currency,
    tariffs: [tariffOut(from.tariff)],
    charging_periods: periodsOut(from.periods),
    ...proofOut(from),
    ...totalsOut(from),
    ...(from.credits && { credit: true, credit_reference_id: from.credits }),
    last_updated: utc(from.issuedAt),
  });

const totalsOut = ({ costs, energy, time }: Cdr) => ({
  total_cost: priceOut(costs.total),
  total_fixed_cost: costs.fixed && priceOut(costs.fixed),
  total_energy: kwh(energy),
  total_energy_cost: costs.energy && priceOut(costs.energy),
  total_time: hours(time.total),
  total_time_cost: costs.time && priceOut(costs.time),
  total_parking_time: time.parking > 0 ? hours(time.parking) : undefined,
  total_parking_cost: costs.parking && priceOut(costs.parking),
  total_reservation_cost: costs.reservation && priceOut(costs.reservation),
});

function proofOut({ signedData }: Cdr) {
  if (signedData.length === 0) return {};
  const proof = signedDataOut(signedData);
  return proof ? { signed_data: proof } : { remark: PROOF_TOO_LONG };
}

const locationOut = ({ place: { place, evse, connector } }: Cdr) => ({
  id: place.locationId,
  name: place.name,
  address: place.address,
  city: place.city,
  postal_code: place.postalCode,
  country: place.country,
  coordinates: { latitude: place.latitude, longitude: place.longitude },
  evse_uid: evse.evseUid,
  evse_id: evse.evseId,
  connector_id: connector?.connectorId,
  connector_standard: connector?.standard,
  connector_format: connector?.format,
  connector_power_type: connector?.powerType,
});
