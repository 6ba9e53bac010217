import { type ChargingPlace } from '@voltledger/contracts';
import { z } from 'zod';
import { type Wire } from '../shared/ocpi-version';
import { ciString, list, optional } from '../shared/primitives';
import { type IssuerVerdict } from '../shared/roaming-objects';
import { foreignToken } from './token';

const locationReferences = z.object({ location_id: ciString(36), evse_uids: list(ciString(36)) });

export const locationReferencesOut = ({ place, evse }: ChargingPlace): Wire =>
  locationReferences.strict().parse({ location_id: place.locationId, evse_uids: [evse.evseUid] });

/** The driver's language is not ours to judge, so `info` is let go. */
const authorizationInfo = z.object({
  allowed: z.enum(['ALLOWED', 'BLOCKED', 'EXPIRED', 'NO_CREDIT', 'NOT_ALLOWED']),
  /** Required by the table; a negative answer without it is still an answer. */
  token: optional(foreignToken),
  location: optional(locationReferences),
  authorization_reference: optional(ciString(36)),
});

/** @throws ZodError naming field and rule. */
export function readVerdict(body: unknown): IssuerVerdict {
  const info = authorizationInfo.parse(body);
  return {
    allowed: info.allowed,
    token: info.token,
    evseUids: info.location?.evse_uids,
    reference: info.authorization_reference,
  };
}
