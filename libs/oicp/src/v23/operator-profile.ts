import { isSameOperator, parseEvseId } from '../shared/identifiers';
import {
  type ACCESSIBILITIES,
  type AUTHENTICATION_MODES,
  type CalibrationLaw,
} from './evse-data.schema';

/** What the operator says about itself and its network; our own model does not hold these. */
export interface OperatorProfile {
  /** Spelled exactly as the certificate has it (OICP-TRN-02). */
  readonly operatorId: string;
  /** Further ids registered under it: sub operators, other countries (OICP-IDS-15, -16). */
  readonly subOperatorIds: readonly string[];
  readonly operatorName: string;
  /** E.164. */
  readonly hotline: string;
  readonly renewableEnergy: boolean;
  readonly calibrationLaw: CalibrationLaw;
  readonly accessibility: (typeof ACCESSIBILITIES)[number];
  /** For an EVSE whose capabilities name none. */
  readonly authenticationModes: readonly (typeof AUTHENTICATION_MODES)[number][];
  /** Remote start and stop are served. Only then is an EVSE `IsHubjectCompatible` (OICP-EVSE-32). */
  readonly remoteControl: boolean;
  /** Reservations are served. */
  readonly reservation: boolean;
}

/** Whether the EVSE is ours to speak of; the broker answers 018 for others (OICP-EVSE-05). */
export function ownsEvse(
  { operatorId, subOperatorIds }: Pick<OperatorProfile, 'operatorId' | 'subOperatorIds'>,
  evseId: string,
): boolean {
  const operator = parseEvseId(evseId)?.operator;
  return (
    operator !== undefined &&
    [operatorId, ...subOperatorIds].some((each) => isSameOperator(each, operator))
  );
}
