import { evseElsewhere, stationEvseTaken } from './errors';

export interface DraftEvse {
  readonly evseUid: string;
  readonly stationId: string;
  readonly stationEvse: number;
}

export interface KnownEvse extends DraftEvse {
  readonly locationId: string;
  readonly fixed: 'PLANNED' | 'REMOVED' | null;
}

/**
 * Refuses a location that claims another's EVSE, or two EVSEs for one number of a station.
 *
 * @throws DomainError EVSE_ELSEWHERE, STATION_EVSE_TAKEN
 */
export function checkEvses(
  locationId: string,
  drafts: readonly DraftEvse[],
  known: readonly KnownEvse[],
): void {
  const mine = new Set(drafts.map(({ evseUid }) => evseUid));
  const elsewhere = known.find((each) => mine.has(each.evseUid) && each.locationId !== locationId);
  if (elsewhere) throw evseElsewhere(elsewhere.evseUid, elsewhere.locationId);
  const others = known.filter(
    (each) => each.locationId !== locationId && each.fixed !== 'REMOVED' && !mine.has(each.evseUid),
  );
  const taken = new Map(others.map((each) => [nameOf(each), each.evseUid]));
  for (const draft of drafts) {
    const { stationId, stationEvse, evseUid } = draft;
    const holder = taken.get(nameOf(draft));
    if (holder !== undefined) throw stationEvseTaken(stationId, stationEvse, holder);
    taken.set(nameOf(draft), evseUid);
  }
}

const nameOf = ({ stationId, stationEvse }: DraftEvse): string => `${stationEvse} ${stationId}`;
