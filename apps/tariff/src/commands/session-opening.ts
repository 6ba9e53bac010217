import { type ChargingPlace, type SessionEvent } from '@voltledger/contracts';
import { type Opening, type SessionPriceRow } from '../tables/session-prices';

/** A session's row before anything is known of it. */
export type Opened = Pick<
  SessionPriceRow<never>,
  'correlationId' | 'messageId' | 'revision' | 'sessionId'
>;

type Started = Extract<SessionEvent, { type: 'SessionStarted' }>['data'];

export function openingOf({ startedAt, place, authorization, presented }: Started): Opening {
  const type = authorization?.token.type ?? presented?.type;
  const opening = { startedAt, adHoc: type === 'AD_HOC_USER' };
  return place ? placed(opening, place) : opening;
}

/** Tariffs hang on the connector, which OCPP 2.x may name later than the EVSE. */
export const placed = (opening: Opening, { place, connector }: ChargingPlace): Opening => ({
  ...opening,
  place: {
    timeZone: place.timeZone,
    locationId: place.locationId,
    ...(connector && { tariffIds: connector.tariffIds, maxPower: connector.maxPower }),
  },
});
