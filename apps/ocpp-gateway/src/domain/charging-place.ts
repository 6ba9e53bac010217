import { type ChargingPlace, type Connector, type Evse, type Place } from '@voltledger/contracts';

/** An EVSE of a station and where it stands. */
export interface PlacedEvse {
  readonly place: Place;
  readonly evse: Omit<Evse, 'status' | 'updatedAt'>;
}

/**
 * Where a transaction takes place, as far as the station has told. A connector that was not named
 * is known only if the EVSE has no other (OCPP-2.0.1-TX-05).
 */
export function chargingPlace(
  evses: readonly PlacedEvse[],
  stationEvse: number | undefined,
  stationConnector?: number,
): ChargingPlace | undefined {
  const found = evses.find(({ evse }) => evse.stationEvse === stationEvse);
  if (!found) return undefined;
  const { evseUid, evseId, connectors } = found.evse;
  const connector = connectorOf(connectors, stationConnector);
  return {
    place: found.place,
    evse: { evseUid, evseId, stationEvse: found.evse.stationEvse },
    ...(connector && { connector }),
  };
}

/** A station with one EVSE leaves no doubt where its driver stands. */
export const onlyPlace = (evses: readonly PlacedEvse[]): ChargingPlace | undefined =>
  evses.length === 1 ? chargingPlace(evses, evses[0]?.evse.stationEvse) : undefined;

function connectorOf(
  connectors: readonly Connector[],
  number: number | undefined,
): Connector | undefined {
  if (number === undefined) return connectors.length === 1 ? connectors[0] : undefined;
  return (
    connectors.find(({ connectorId }) => connectorId === String(number)) ?? connectors[number - 1]
  );
}
