import { type EvseStatus, type SessionEvent } from '@voltledger/contracts';

type Refused = Extract<SessionEvent, { type: 'StartRefused' }>['data']['reason'];
type StopOutcome = Extract<SessionEvent, { type: 'StopAnswered' }>['data']['outcome'];

/** Why a remote request is not followed; `accepted` when it is. OICP has a code for each. */
export type RemoteOutcome =
  | 'accepted'
  | 'unknown EVSE'
  | 'no answer from the station'
  | 'rejected by the station'
  | 'out of service'
  | 'occupied'
  | 'reserved'
  | 'not supported'
  | 'unknown session'
  | 'internal failure';

/** What Hubject is told: the outcome, and our own reference of the session (OICP-ACK-11). */
export interface RemoteAnswer {
  readonly outcome: RemoteOutcome;
  readonly cpoPartnerSessionId?: string | undefined;
}

const OUT_OF_SERVICE: readonly EvseStatus[] = ['INOPERATIVE', 'OUTOFORDER'];
const NOT_THERE: readonly EvseStatus[] = ['PLANNED', 'REMOVED'];

/**
 * What needs no question to the station. An EVSE that seems occupied is asked all the same: the
 * driver may just have plugged in, or the last session may just have ended.
 *
 * @returns undefined when the station has to decide.
 */
export function refusalBeforeStart(evse: {
  readonly status: EvseStatus;
  readonly isRemoteControlled: boolean;
}): RemoteOutcome | undefined {
  if (NOT_THERE.includes(evse.status)) return 'unknown EVSE';
  if (!evse.isRemoteControlled) return 'not supported';
  if (OUT_OF_SERVICE.includes(evse.status)) return 'out of service';
  return evse.status === 'RESERVED' ? 'reserved' : undefined;
}

/**
 * A station says no without saying why; the EVSE's status often tells (part 22.8). `late`: it did not
 * answer in time.
 */
export function outcomeOfStart(
  answer: 'accepted' | 'late' | Refused,
  status: EvseStatus,
): RemoteOutcome {
  switch (answer) {
    case 'accepted':
      return 'accepted';
    case 'late':
    case 'offline':
    case 'timeout':
      return 'no answer from the station';
    case 'error':
      return 'internal failure';
    case 'rejected':
    case 'refused':
    case 'unknown':
      return reasonFor(status);
  }
}

function reasonFor(status: EvseStatus): RemoteOutcome {
  if (OUT_OF_SERVICE.includes(status)) return 'out of service';
  if (status === 'CHARGING') return 'occupied';
  return status === 'RESERVED' ? 'reserved' : 'rejected by the station';
}

/** A station that does not know the transaction any more has stopped already. */
export function outcomeOfStop(answer: 'late' | StopOutcome): RemoteOutcome {
  switch (answer) {
    case 'accepted':
    case 'unknown':
      return 'accepted';
    case 'rejected':
      return 'rejected by the station';
    case 'late':
    case 'offline':
    case 'timeout':
      return 'no answer from the station';
    case 'error':
      return 'internal failure';
  }
}
