import { type Location, type LocationEvent } from '@voltledger/contracts';

/**
 * The fold over a location's events. Stations report late and out of order: the newest status by
 * their own time counts (OICP-STA-08).
 */
export function brokerLocation(
  before: Location | undefined,
  event: LocationEvent,
): Location | undefined {
  if (event.type === 'LocationChanged') return event.data.location;
  const { evseUid, status, at } = event.data;
  const evse = before?.evses.find((each) => each.evseUid === evseUid);
  if (!before || !evse || evse.updatedAt > at) return before;
  const changed = { ...evse, status, updatedAt: at };
  return { ...before, evses: before.evses.map((each) => (each === evse ? changed : each)) };
}
