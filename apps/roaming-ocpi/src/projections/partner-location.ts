import {
  type Connector,
  type Evse,
  type Location,
  type LocationEventEnvelope,
} from '@voltledger/contracts';
import { type Instant, later } from '@voltledger/kernel';
import {
  type RoamingConnector,
  type RoamingEvse,
  type RoamingLocation,
  sameCiString,
} from '@voltledger/ocpi';

/**
 * A location with the moment each part of it last changed: a connector's change is also one of its
 * EVSE and location, and what did not change keeps its time (OCPI-LOC-08, OCPI-TYP-31). The time is
 * that of our recording, so that a partner who asks "since when I last asked" misses nothing.
 */
export function partnerLocation(
  row: RoamingLocation | undefined,
  { event, recordedAt }: Pick<LocationEventEnvelope, 'event' | 'recordedAt'>,
): RoamingLocation | undefined {
  switch (event.type) {
    case 'LocationChanged':
      return changed(row, event.data.location, recordedAt);
    case 'EvseStatusChanged': {
      const { evseUid, status } = event.data;
      return row && withStatus(row, evseUid, status, recordedAt);
    }
  }
}

function changed(
  row: RoamingLocation | undefined,
  location: Location,
  at: Instant,
): RoamingLocation {
  const known = row?.evses ?? [];
  const listed = location.evses.map((each) => changedEvse(byUid(known, each.evseUid), each, at));
  const gone = known.filter(({ evseUid }) => !byUid(location.evses, evseUid));
  const evses = [...listed, ...gone.map((each) => removed(each, at))];
  const next: RoamingLocation = { ...location, evses, updatedAt: at };
  const same = row && equal({ ...next, updatedAt: row.updatedAt }, row);
  return same ? row : next;
}

const byUid = <Each extends { readonly evseUid: string }>(evses: readonly Each[], uid: string) =>
  evses.find(({ evseUid }) => sameCiString(evseUid, uid));

/** There is no delete in OCPI: an EVSE that is gone stays, as REMOVED (OCPI-LOC-10). */
const removed = (evse: RoamingEvse, at: Instant): RoamingEvse =>
  evse.status === 'REMOVED' ? evse : { ...evse, status: 'REMOVED', updatedAt: at };

function changedEvse(known: RoamingEvse | undefined, evse: Evse, at: Instant): RoamingEvse {
  const connectors = evse.connectors.map((each) =>
    changedConnector(
      known?.connectors.find(({ connectorId }) => sameCiString(connectorId, each.connectorId)),
      each,
      at,
    ),
  );
  const next: RoamingEvse = { ...evse, connectors, updatedAt: at };
  return known && equal({ ...next, updatedAt: known.updatedAt }, known) ? known : next;
}

function changedConnector(
  known: RoamingConnector | undefined,
  connector: Connector,
  at: Instant,
): RoamingConnector {
  if (known && equal({ ...connector, updatedAt: known.updatedAt }, known)) return known;
  return { ...connector, updatedAt: at };
}

function withStatus(
  row: RoamingLocation,
  uid: string,
  status: RoamingEvse['status'],
  at: Instant,
): RoamingLocation {
  const evse = byUid(row.evses, uid);
  if (!evse || evse.status === status) return row;
  const evses = row.evses.map((each) =>
    each === evse ? { ...each, status, updatedAt: at } : each,
  );
  return { ...row, evses, updatedAt: later(row.updatedAt, at) };
}

/** Equal content; the order of members does not matter. */
function equal(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return one === other;
  const [ones, others] = [present(one), present(other)];
  return (
    ones.length === others.length &&
    ones.every(([name, value]) => equal(value, (other as Record<string, unknown>)[name]))
  );
}

const present = (object: object) =>
  Object.entries(object).filter(([, value]) => value !== undefined);

/** A location none of whose EVSEs can be used any more is not listed (OCPI-LOC-11, OCPI-LOC-12). */
export const hasValidEvse = ({ evses }: RoamingLocation): boolean =>
  evses.some(({ status }) => status !== 'REMOVED');
