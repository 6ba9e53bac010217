import { type Evse, type EvseStatus, type Location } from '@voltledger/contracts';
import { type Instant } from '@voltledger/kernel';
import {
  type EvseDataRecord,
  type EvseStatus as OicpStatus,
  type OicpVersion,
  type OperatorProfile,
  parseEvseId,
} from '@voltledger/oicp';

/** An EVSE of ours as the broker is to know it. */
export interface WantedEvse {
  readonly evseKey: string;
  readonly evseId: string;
  readonly evseUid: string;
  readonly ourStatus: EvseStatus;
  readonly statusAt: Instant;
  readonly isRemoteControlled: boolean;
  /** Absent: the broker is not to know it. */
  readonly record?: EvseDataRecord | undefined;
  readonly status?: OicpStatus | undefined;
  readonly problem?: string | undefined;
  readonly remarks: readonly string[];
}

/** How an EVSE is found whatever way its id is spelled. */
export const evseKeyOf = (evseId: string): string =>
  parseEvseId(evseId)?.key ?? evseId.toUpperCase();

/** EVSEs that are planned or removed are none of the broker's business (part 22.3). */
export function wantedEvse(
  location: Location,
  evse: Evse,
  { oicp, operator }: { readonly oicp: OicpVersion; readonly operator: OperatorProfile },
): WantedEvse {
  const known = {
    evseKey: evseKeyOf(evse.evseId),
    evseId: evse.evseId,
    evseUid: evse.evseUid,
    ourStatus: evse.status,
    statusAt: evse.updatedAt,
  };
  const status = oicp.evseStatusOf(evse.status);
  const mapped = oicp.mappedEvse(location, evse, operator);
  if ('unmappable' in mapped)
    return { ...known, isRemoteControlled: false, problem: mapped.unmappable, remarks: [] };
  const { record, remarks } = mapped;
  const isRemoteControlled = record.IsHubjectCompatible;
  if (status === undefined) return { ...known, isRemoteControlled, remarks };
  return { ...known, isRemoteControlled, record, status, remarks };
}
