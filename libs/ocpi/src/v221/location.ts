import {
  type RoamingConnector,
  type RoamingEvse,
  type RoamingLocation,
} from '../shared/roaming-objects';
import { utc } from '../shared/quantities';
import { type Wire } from '../shared/ocpi-version';
import { capability, connector, connectorType, evse, evsePatch, location } from './location-schema';

/**
 * A Location, OCPI 2.2.1 (mod_locations). EVSEs that 2.2.1 has no words for are left out: its list
 * of connector types is closed, and a wrong type would send drivers to a plug that does not fit.
 */
export const locationOut = (from: RoamingLocation): Wire =>
  location.parse({
    country_code: from.countryCode,
    party_id: from.partyId,
    id: from.locationId,
    publish: from.publish,
    name: from.name,
    address: from.address,
    city: from.city,
    postal_code: from.postalCode,
    country: from.country,
    coordinates: { latitude: from.latitude, longitude: from.longitude },
    evses: from.evses.flatMap((each) => evseOut(each) ?? []),
    operator: { name: from.operatorName },
    time_zone: from.timeZone,
    last_updated: utc(from.updatedAt),
  });

/** @returns undefined when none of its connectors can be told. */
export function evseOut(from: RoamingEvse): Wire | undefined {
  const connectors = from.connectors.flatMap((each) => connectorOut(each) ?? []);
  if (connectors.length === 0) return undefined;
  return evse.parse({
    uid: from.evseUid,
    evse_id: from.evseId,
    status: from.status,
    // Unknown values of a display list are dropped, the object stays (OCPI-TYP-22).
    capabilities: from.capabilities.filter((each) => capability.safeParse(each).success),
    connectors,
    last_updated: utc(from.updatedAt),
  });
}

export function connectorOut(from: RoamingConnector): Wire | undefined {
  if (!connectorType.safeParse(from.standard).success) return undefined;
  return connector.parse({
    id: from.connectorId,
    standard: from.standard,
    format: from.format,
    power_type: from.powerType,
    max_voltage: from.maxVoltage,
    max_amperage: from.maxAmperage,
    max_electric_power: from.maxPower,
    tariff_ids: from.tariffIds,
    last_updated: utc(from.updatedAt),
  });
}

export const evseStatusOut = ({ status, updatedAt }: RoamingEvse): Wire =>
  evsePatch.parse({ status, last_updated: utc(updatedAt) });
