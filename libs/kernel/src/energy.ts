import { type Brand } from './brand';
import { decimalNumber, decimalText, scaledInteger } from './decimal';

/** Energy as a whole number of milliwatt-hours: 1 kWh is 1_000_000. Safe up to 9 TWh. */
export type MilliWattHours = Brand<number, 'MilliWattHours'>;

const DIGITS_BELOW = { kWh: 6, Wh: 3 } as const;
export type EnergyUnit = keyof typeof DIGITS_BELOW;

/**
 * Reads energy from text, digit by digit; below a milliwatt-hour it rounds half up.
 *
 * @returns undefined when the text is no decimal number or beyond 9 TWh.
 */
export function parseEnergy(text: string, unit: EnergyUnit): MilliWattHours | undefined {
  const scaled = scaledInteger(text, DIGITS_BELOW[unit]);
  if (scaled === undefined || !Number.isSafeInteger(Number(scaled))) return undefined;
  return Number(scaled) as MilliWattHours;
}

/** @throws RangeError: for literals and tests; edges use `parseEnergy`. */
export function energy(text: string, unit: EnergyUnit = 'kWh'): MilliWattHours {
  const parsed = parseEnergy(text, unit);
  if (parsed === undefined) throw new RangeError(`not an amount of energy: ${text} ${unit}`);
  return parsed;
}

export const noEnergy = 0 as MilliWattHours;

/** kWh with all six decimals, as text: nothing is lost. */
export const kilowattHoursText = (amount: MilliWattHours): string => decimalText(amount, 6);

/** kWh as a JSON number with at most `decimals` digits, half up (OCPI: 4, OICP: 3). */
export const kilowattHours = (amount: MilliWattHours, decimals: number): number =>
  decimalNumber(amount, 6, decimals);
