import { type Reading, type SignedMeterData } from '@voltledger/contracts';
import { type Instant, type MilliWattHours } from '@voltledger/kernel';

/** As `SampleSet` of libs/ocpp. */
export interface Samples {
  readonly measuredAt: Instant;
  readonly context: Reading['context'];
  readonly register?: MilliWattHours;
  readonly power?: number;
  readonly current?: number;
  readonly stateOfCharge?: number;
  readonly signed?: SignedMeterData;
}

export interface KnownRegisters {
  readonly meterStart?: MilliWattHours;
  /** The latest reading of the transaction that was seen. */
  readonly latest?: MilliWattHours;
}

export interface Readings {
  readonly readings: Reading[];
  /** Signed records that no register could be found for: kept for people to look at. */
  readonly unplaced: Samples[];
}

/**
 * Readings of the billing register. A set without one is telemetry, unless it carries a signed
 * record: that must reach the CDR (OCPP-J-MV-11), so it takes the register that is known for its
 * moment.
 */
export function readingsOf(sets: readonly Samples[], known: KnownRegisters): Readings {
  const readings: Reading[] = [];
  const unplaced: Samples[] = [];
  for (const set of sets) {
    const register = set.register ?? (set.signed && nearest(set, readings, known));
    if (register !== undefined) readings.push({ ...set, register });
    else if (set.signed) unplaced.push(set);
  }
  return { readings, unplaced };
}

function nearest(
  { context }: Samples,
  before: readonly Reading[],
  { meterStart, latest }: KnownRegisters,
): MilliWattHours | undefined {
  if (context === 'begin') return meterStart ?? latest;
  return before.at(-1)?.register ?? latest ?? meterStart;
}
