import { type EvseStatus } from '@voltledger/contracts';

export interface KnownStatus {
  /** 0: the station as a whole. */
  readonly evse: number;
  /** 0: the EVSE as a whole. */
  readonly connector: number;
  readonly status: EvseStatus;
}

export interface EvseSituation {
  /** The operator's word, which holds until the operator takes it back. */
  readonly fixed?: 'PLANNED' | 'REMOVED';
  readonly online: boolean;
  readonly stationEvse: number;
  /** Everything the station told about itself. */
  readonly known: readonly KnownStatus[];
}

/** One connector in use takes the EVSE; one that works makes it available. */
const PRECEDENCE: readonly EvseStatus[] = [
  'CHARGING',
  'RESERVED',
  'BLOCKED',
  'AVAILABLE',
  'OUTOFORDER',
  'INOPERATIVE',
];
const OUT_OF_SERVICE: ReadonlySet<EvseStatus> = new Set(['INOPERATIVE', 'OUTOFORDER']);

/** The one rule by which the public status of an EVSE comes about (OCPP-J-STAT-03). */
export function publicStatus({ fixed, online, stationEvse, known }: EvseSituation): EvseStatus {
  if (fixed) return fixed;
  if (!online) return 'UNKNOWN';
  const whole = known.find(
    ({ evse, connector, status }) =>
      (evse === 0 || (evse === stationEvse && connector === 0)) && OUT_OF_SERVICE.has(status),
  );
  if (whole) return whole.status;
  const here = known.filter(({ evse }) => evse === stationEvse).map(({ status }) => status);
  return PRECEDENCE.find((status) => here.includes(status)) ?? 'UNKNOWN';
}
