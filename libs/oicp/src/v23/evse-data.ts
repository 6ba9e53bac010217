import { type Connector, type Evse, type Location } from '@voltledger/contracts';
import { decimalText, scaledInteger } from '@voltledger/kernel';
import { standardOffset } from '../shared/local-time';
import { parseEvseId } from '../shared/identifiers';
import { attributesOf } from './evse-attributes';
import { type OperatorProfile, ownsEvse } from './operator-profile';
import { chargingFacilities, isTooPowerful } from './charging-facility';
import {
  type ActionType,
  type EvseDataPush,
  type EvseDataRecord,
  evseDataPush,
  evseDataRecord,
} from './evse-data.schema';
import { plugOf } from './plugs';

const COORDINATE_DECIMALS = 6;
const NAME_LENGTH_MAX = 150;
const STATION_ID_LENGTH_MAX = 50;
const HOUSE_NUMBER_LENGTH_MAX = 10;
const STREET_LENGTH_MIN = 2;
/** Written where OICP wants a house number and the address has none (OICP-EVSE-22). */
const NO_HOUSE_NUMBER = 'n/a';

/** An EVSE as the broker is to know it, or why it cannot; remarks are for the operator to see. */
export type MappedEvse =
  | { readonly record: EvseDataRecord; readonly remarks: readonly string[] }
  | { readonly unmappable: string };

/**
 * One OICP record per EVSE; its connectors become plugs and charging facilities (OICP-EVSE-11).
 * What our own model does not hold comes from the operator's profile, never from thin air.
 *
 * @throws ZodError when the result breaks the 2.3 schema; that is our bug.
 */
export function mappedEvse(location: Location, evse: Evse, operator: OperatorProfile): MappedEvse {
  const identifier = parseEvseId(evse.evseId);
  if (!identifier) return { unmappable: `${evse.evseId} is no EvseID in OICP's sense` };
  if (!ownsEvse(operator, evse.evseId))
    return { unmappable: `${evse.evseId} belongs to no operator id of this connection` };
  const usable = evse.connectors.filter((each) => plugOf(each) && !isTooPowerful(each));
  if (usable.length === 0)
    return { unmappable: `none of its connectors has a plug and a power OICP knows` };
  const record = evseDataRecord.parse({
    EvseID: evse.evseId.toUpperCase(),
    ...(evse.stationId.length <= STATION_ID_LENGTH_MAX && { ChargingStationID: evse.stationId }),
    ChargingStationNames: [{ lang: 'en', value: location.name.slice(0, NAME_LENGTH_MAX) }],
    Address: addressOf(location),
    GeoCoordinates: { Google: { Coordinates: coordinatesOf(location) } },
    Plugs: [...new Set(usable.map(plugOf))],
    ChargingFacilities: chargingFacilities(usable),
    ...attributesOf(location, evse, operator),
  });
  return { record, remarks: remarksOn(record, evse.connectors, usable) };
}

function remarksOn(
  { Address }: EvseDataRecord,
  all: readonly Connector[],
  usable: readonly Connector[],
): string[] {
  const dropped = all.filter((each) => !usable.includes(each));
  return [
    ...dropped.map(
      ({ connectorId, standard }) => `connector ${connectorId} (${standard}) left out`,
    ),
    ...(Address.HouseNum === NO_HOUSE_NUMBER ? ['the address has no house number'] : []),
  ];
}

function addressOf(location: Location): EvseDataRecord['Address'] {
  const { street, houseNumber } = streetAndNumber(location.address);
  return {
    Country: location.country,
    City: location.city,
    Street: street.padEnd(STREET_LENGTH_MIN, '_'),
    PostalCode: location.postalCode,
    HouseNum: houseNumber,
    TimeZone: standardOffset(location.updatedAt, location.timeZone),
  };
}

/** The last word with a digit in it is the house number, wherever a country puts it (part 22.6). */
const HOUSE_NUMBER = /^(.*?)[\s,]*(?<=^|[\s,])(\S*\d\S*?(?: [a-z])?)(?=[\s,]|$)(\D*)$/i;

function streetAndNumber(address: string): { street: string; houseNumber: string } {
  const [, before = '', houseNumber = '', after = ''] = HOUSE_NUMBER.exec(address.trim()) ?? [];
  const street = [before, after.replace(/^[\s,]+/, '')].filter(Boolean).join(' ');
  const isUsable = street !== '' && houseNumber !== '';
  return isUsable && houseNumber.length <= HOUSE_NUMBER_LENGTH_MAX
    ? { street, houseNumber }
    : { street: address.trim(), houseNumber: NO_HOUSE_NUMBER };
}

/** Latitude first, one space, at most six decimals (OICP-EVSE-23). */
const coordinatesOf = ({ latitude, longitude }: Location): string =>
  `${coordinate(latitude)} ${coordinate(longitude)}`;

function coordinate(degrees: string): string {
  const scaled = scaledInteger(degrees, COORDINATE_DECIMALS);
  if (scaled === undefined) throw new Error(`not a coordinate: ${degrees}`);
  return decimalText(scaled, COORDINATE_DECIMALS);
}

/** @throws ZodError when a record breaks the 2.3 schema; that is our bug. */
export const evseDataPushOf = (
  action: ActionType,
  records: readonly EvseDataRecord[],
  { operatorId, operatorName }: OperatorProfile,
): EvseDataPush =>
  evseDataPush.parse({
    ActionType: action,
    OperatorEvseData: {
      OperatorID: operatorId,
      OperatorName: operatorName,
      EvseDataRecord: records,
    },
  });
