import { type Tariff, type TariffDimension } from '@voltledger/contracts';
import { instantAt, kilowattHoursText, type MilliWattHours } from '@voltledger/kernel';
import { type Kind, activeComponents } from './active-components';
import { type CompiledTariff, type RatingTerms, compiledTariff } from './compiled-tariff';

const DAY = 86_400_000;
const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
/** A Monday; any week shows what every week is like. */
const WEEK_START = Date.UTC(2024, 0, 1);

const DIMENSIONS = [
  ['ENERGY', 'CHARGING'],
  ['TIME', 'CHARGING'],
  ['PARKING_TIME', 'PARKING'],
] as const satisfies readonly (readonly [TariffDimension, Kind])[];

/**
 * The first stretch of the week, or band of energy or duration, in which a dimension that has a
 * price at other times has none. Prices of single dates, or of a certain power or current, do not
 * count: they fill no gap for everybody.
 */
export function priceGaps(draft: Omit<Tariff, 'updatedAt'>): string[] {
  const elements = draft.elements.filter(
    ({ restrictions }) =>
      restrictions?.startDate === undefined && restrictions?.endDate === undefined,
  );
  const weekly = { ...draft, elements, updatedAt: instantAt(WEEK_START) };
  const compiled = compiledTariff(weekly, '', 'UTC');
  return DIMENSIONS.flatMap(([dimension, kind]) => {
    const gap = isPriced(weekly, dimension) ? gapOf(compiled, dimension, kind) : undefined;
    return gap === undefined ? [] : [`have no price for ${dimension} ${gap}: it is free then`];
  });
}

const isPriced = ({ elements }: Pick<Tariff, 'elements'>, dimension: TariffDimension): boolean =>
  elements.some(
    ({ components, restrictions }) =>
      restrictions?.reservation === undefined &&
      components.some((component) => component.dimension === dimension),
  );

function gapOf(tariff: CompiledTariff, dimension: TariffDimension, kind: Kind): string | undefined {
  const terms: RatingTerms = { tariffs: [tariff], reservation: 'USED' };
  const energyBands = [0, ...tariff.energyThresholds];
  const durationBands = [0, ...tariff.durationThresholds];
  for (let at = WEEK_START; at < WEEK_START + 7 * DAY; at = endOfSpan(tariff, at))
    for (const [energyBand, energy] of energyBands.entries())
      for (const elapsed of durationBands) {
        const active = activeComponents(terms, 0, { kind, at, elapsed, energyBand });
        const priced = dimension === 'ENERGY' ? active.energy : active.time;
        if (priced === undefined) return gapText(tariff, at, energy, elapsed);
      }
  return undefined;
}

const endOfSpan = ({ clock }: CompiledTariff, at: number): number =>
  Math.min(clock(at).until, WEEK_START + 7 * DAY);

function gapText(tariff: CompiledTariff, at: number, energy: number, elapsed: number): string {
  const always = endOfSpan(tariff, at) - at >= 7 * DAY;
  const day = WEEKDAYS[Math.floor((at - WEEK_START) / DAY)];
  const until = endOfSpan(tariff, at) % DAY === 0 ? '24:00' : timeOf(endOfSpan(tariff, at));
  const parts = [
    ...(always ? [] : [`on ${day ?? ''} from ${timeOf(at)} to ${until}`]),
    ...(energy > 0 ? [`from ${kilowattHoursText(energy as MilliWattHours)} kWh on`] : []),
    ...(elapsed > 0 ? [`from ${elapsed / 1_000} s on`] : []),
  ];
  return parts.join(', ') || 'at first';
}

const timeOf = (at: number): string => instantAt(at).slice(11, 16);
