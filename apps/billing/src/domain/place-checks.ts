import { type HoldReason, isTimeZone } from '@voltledger/contracts';
import { type EndedSession } from './ended-session';
import { noPlace, overlappingSessions, timeZoneUnknown } from './hold-reasons';

/** Where the session was, and whether its token can have been there. */
export function placeReasons({ place, overlaps }: EndedSession): HoldReason[] {
  return [
    ...(place ? [] : [noPlace()]),
    ...(place && !isTimeZone(place.place.timeZone) ? [timeZoneUnknown(place.place.timeZone)] : []),
    ...(overlaps.length > 0 ? [overlappingSessions(overlaps)] : []),
  ];
}
