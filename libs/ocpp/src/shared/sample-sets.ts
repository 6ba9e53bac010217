import { type MilliWattHours, parseEnergy, scaledInteger } from '@voltledger/kernel';
import { type SampleSet } from '../reports';
import { shifted } from './decimal-text';
import { DEFAULT_MEASURAND, type Sample } from './sample';

const REGISTER = DEFAULT_MEASURAND;
/** Where a billing register may sit, best first. `EV` is the car's own word. */
const LOCATIONS = ['Outlet', 'Cable', 'Body', 'Inlet'] as const;
const PHASES = new Set(['L1', 'L2', 'L3']);

/** Gathers samples of one moment and context, in the order the station sent them. */
export function sampleSets(samples: readonly Sample[]): SampleSet[] {
  const groups = new Map<string, Sample[]>();
  for (const sample of samples) {
    const key = `${sample.measuredAt} ${sample.context}`;
    const group = groups.get(key);
    if (group) group.push(sample);
    else groups.set(key, [sample]);
  }
  return [...groups.values()].flatMap((group) => setOf(group));
}

function setOf(samples: readonly Sample[]): SampleSet[] {
  const [first] = samples;
  if (!first) return [];
  const register = registerOf(samples);
  const power = momentary(samples, 'Power.Active.Import', WATTS);
  const current = momentary(samples, 'Current.Import', AMPERES);
  const stateOfCharge = chargeOf(samples);
  const signed = samples.find((sample) => sample.signed)?.signed;
  return [
    {
      measuredAt: first.measuredAt,
      context: first.context,
      ...(register !== undefined && { register }),
      ...(power !== undefined && { power }),
      ...(current !== undefined && { current }),
      ...(stateOfCharge !== undefined && { stateOfCharge }),
      ...(signed && { signed }),
    },
  ];
}

function registerOf(samples: readonly Sample[]): MilliWattHours | undefined {
  const registers = samples.filter(({ measurand }) => measurand === REGISTER);
  for (const location of LOCATIONS) {
    const here = registers.filter((sample) => sample.location === location);
    const total = totalOf(here, ({ value, unit }) =>
      value !== undefined && (unit === 'Wh' || unit === 'kWh')
        ? parseEnergy(value, unit)
        : undefined,
    );
    if (total !== undefined) return total as MilliWattHours;
  }
  return undefined;
}

/**
 * The total where the station gives one, else the sum over its phases: L1-N, L1-L2 and N say
 * something else (OCPP-J-MV-04).
 */
function totalOf(
  samples: readonly Sample[],
  read: (sample: Sample) => number | undefined,
): number | undefined {
  const phases = new Map<string, number>();
  for (const sample of samples) {
    const value = read(sample);
    if (value === undefined) continue;
    if (sample.phase === undefined) return value;
    if (PHASES.has(sample.phase) && !phases.has(sample.phase)) phases.set(sample.phase, value);
  }
  if (phases.size === 0) return undefined;
  return [...phases.values()].reduce((sum, value) => sum + value, 0);
}

/** Unit -> powers of ten to the base unit. */
type Units = ReadonlyMap<string, number>;
const WATTS: Units = new Map([
  ['W', 0],
  ['kW', 3],
]);
const AMPERES: Units = new Map([['A', 0]]);
const MILLI = 3;

function momentary(
  samples: readonly Sample[],
  measurand: string,
  units: Units,
): number | undefined {
  const measured = samples.filter(
    (sample) => sample.measurand === measurand && sample.location !== 'EV',
  );
  const total = totalOf(measured, ({ value, unit }) => {
    const power = units.get(unit);
    if (value === undefined || power === undefined) return undefined;
    return thousandths(value, power);
  });
  return total === undefined ? undefined : total / 10 ** MILLI;
}

/** As whole thousandths, so that phases add up without rounding. */
function thousandths(value: string, power: number): number | undefined {
  const base = shifted(value, power);
  const whole = base === undefined ? undefined : Number(scaledInteger(base, MILLI));
  return Number.isSafeInteger(whole) ? whole : undefined;
}

function chargeOf(samples: readonly Sample[]): number | undefined {
  for (const { measurand, value } of samples) {
    if (measurand !== 'SoC' || value === undefined) continue;
    const percent = thousandths(value, 0);
    if (percent !== undefined && percent >= 0 && percent <= 100 * 10 ** MILLI)
      return percent / 10 ** MILLI;
  }
  return undefined;
}
