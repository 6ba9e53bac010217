/** What of a location matters when somebody wants to charge there. */
export interface StartableLocation {
  readonly evses: readonly {
    readonly evseUid: string;
    readonly stationId: string;
    readonly status: string;
    readonly capabilities: readonly string[];
    readonly connectors: readonly { readonly connectorId: string }[];
  }[];
}

export interface StartWish {
  readonly evseUid?: string | undefined;
  readonly connectorId?: string | undefined;
}

export type StartTarget =
  | { readonly outcome: 'found'; readonly evseUid: string; readonly stationId: string }
  | { readonly outcome: 'unknown' | 'refused'; readonly explanation: string };

const unknown = (explanation: string): StartTarget => ({ outcome: 'unknown', explanation });
const refused = (explanation: string): StartTarget => ({ outcome: 'refused', explanation });
const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/**
 * The EVSE a partner means. Without an EVSE in the wish it is that of the location, where there is
 * only one: choosing among several would send the driver to the wrong plug.
 */
export function startTarget(location: StartableLocation | undefined, wish: StartWish): StartTarget {
  if (!location) return unknown('We have no such location.');
  const usable = location.evses.filter(({ status }) => status !== 'REMOVED');
  const { evseUid, connectorId } = wish;
  if (evseUid === undefined && usable.length > 1)
    return refused('The location has several EVSEs: evse_uid is needed.');
  const evse =
    evseUid === undefined ? usable[0] : usable.find((each) => same(each.evseUid, evseUid));
  if (!evse) return unknown('The location has no such EVSE.');
  const needed = evse.capabilities.includes('START_SESSION_CONNECTOR_REQUIRED');
  if (connectorId === undefined && needed) return refused('connector_id is needed at this EVSE.');
  if (
    connectorId !== undefined &&
    !evse.connectors.some((each) => same(each.connectorId, connectorId))
  )
    return unknown('The EVSE has no such connector.');
  return { outcome: 'found', evseUid: evse.evseUid, stationId: evse.stationId };
}
