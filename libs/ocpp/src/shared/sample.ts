import { type Reading, type SignedMeterData } from '@voltledger/contracts';
import { type Instant } from '@voltledger/kernel';

/** One sampled value with its version's defaults filled in. */
export interface Sample {
  readonly measuredAt: Instant;
  readonly context: Reading['context'];
  readonly measurand: string;
  readonly phase?: string;
  readonly location: string;
  readonly unit: string;
  /** Decimal text; absent when the sample carries signed data only. */
  readonly value?: string;
  readonly signed?: SignedMeterData;
}

const CONTEXTS: ReadonlyMap<string, Reading['context']> = new Map([
  ['Transaction.Begin', 'begin'],
  ['Transaction.End', 'end'],
  ['Sample.Periodic', 'periodic'],
  ['Sample.Clock', 'clock'],
  ['Interruption.Begin', 'interruption'],
  ['Interruption.End', 'interruption'],
  ['Trigger', 'trigger'],
]);

/** All versions: a sample that does not say is a periodic one. */
export const contextOf = (told = 'Sample.Periodic'): Reading['context'] =>
  CONTEXTS.get(told) ?? 'other';

/** All versions: a sample that does not say measures imported energy, at the outlet. */
export const DEFAULT_MEASURAND = 'Energy.Active.Import.Register';
export const DEFAULT_LOCATION = 'Outlet';

/** The unit of a sample that names none. */
export function defaultUnit(measurand: string): string {
  if (measurand.startsWith('Power.')) return 'W';
  if (measurand.startsWith('Current.')) return 'A';
  return 'Wh';
}
