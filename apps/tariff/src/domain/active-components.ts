import { type Restrictions, type TariffDimension } from '@voltledger/contracts';
import {
  type CompiledElement,
  type CompiledTariff,
  type ComponentKey,
  type RatingTerms,
  bandOf,
  componentKey,
  within,
} from './compiled-tariff';

/** Least and most that was measured; equal for a momentary value. Absent: not measured. */
export interface Measured {
  readonly least: number;
  readonly most: number;
}

export type Kind = 'CHARGING' | 'PARKING' | 'RESERVATION';

/** All that restrictions may ask about an instant. */
export interface Circumstances {
  readonly kind: Kind;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Milliseconds since the start of the session; in a reservation since its start. */
  readonly elapsed: number;
  /** How many of the tariff's energy thresholds the session has reached. */
  readonly energyBand: number;
  /** Milliwatts. */
  readonly power?: Measured | undefined;
  /** Milliamperes, sum over the phases. */
  readonly current?: Measured | undefined;
}

/** What prices each dimension at an instant; absent: it costs nothing then. */
export interface ActiveComponents {
  readonly flat: ComponentKey | undefined;
  readonly energy: ComponentKey | undefined;
  /** TIME of charging, PARKING_TIME of parking, TIME of a reservation. */
  readonly time: ComponentKey | undefined;
}

const NOTHING_DRAWN: Measured = { least: 0, most: 0 };
const TIME_DIMENSION = {
  CHARGING: 'TIME',
  PARKING: 'PARKING_TIME',
  RESERVATION: 'TIME',
} as const satisfies Record<Kind, TariffDimension>;

/** The components in force for each dimension, each found on its own. */
export function activeComponents(
  terms: RatingTerms,
  tariffIndex: number,
  circumstances: Circumstances,
): ActiveComponents {
  const tariff = terms.tariffs[tariffIndex];
  if (!tariff) throw new Error(`no tariff ${tariffIndex} in these terms`);
  const candidates = orderOfCandidates(terms, tariff, circumstances);
  const { kind } = circumstances;
  const find = (dimension: TariffDimension): ComponentKey | undefined => {
    for (const element of candidates) {
      const component = tariff.elements[element]?.componentOf.get(dimension);
      if (component !== undefined) return componentKey(tariffIndex, element, component);
    }
    return undefined;
  };
  return {
    flat: find('FLAT'),
    energy: kind === 'RESERVATION' ? undefined : find('ENERGY'),
    time: find(TIME_DIMENSION[kind]),
  };
}

/**
 * Elements with `reservation` price reservations and nothing else. After an expired one the
 * prices for that come first; what they leave out is charged as for a used one.
 */
function orderOfCandidates(
  { reservation }: RatingTerms,
  tariff: CompiledTariff,
  circumstances: Circumstances,
): readonly number[] {
  const pricing = (what: Restrictions['reservation']) =>
    matchingElements(tariff, what, circumstances);
  if (circumstances.kind !== 'RESERVATION') return pricing(undefined);
  if (reservation === 'USED') return pricing('RESERVATION');
  return [...pricing('RESERVATION_EXPIRES'), ...pricing('RESERVATION')];
}

/** All restrictions of an element must hold. */
function matchingElements(
  tariff: CompiledTariff,
  reservation: Restrictions['reservation'],
  circumstances: Circumstances,
): number[] {
  const { matches } = tariff.clock(circumstances.at);
  const durationBand = bandOf(tariff.durationThresholds, circumstances.elapsed);
  const found: number[] = [];
  tariff.elements.forEach((element, index) => {
    if (
      element.restrictions.reservation === reservation &&
      matches[index] === true &&
      within(element.energyBands, circumstances.energyBand) &&
      within(element.durationBands, durationBand) &&
      drawMatches(element, circumstances)
    )
      found.push(index);
  });
  return found;
}

function drawMatches({ restrictions }: CompiledElement, circumstances: Circumstances): boolean {
  const drawing = circumstances.kind === 'CHARGING';
  const { minPower, maxPower, minCurrent, maxCurrent } = restrictions;
  return (
    measuredWithin(drawing ? circumstances.power : NOTHING_DRAWN, minPower, maxPower) &&
    measuredWithin(drawing ? circumstances.current : NOTHING_DRAWN, minCurrent, maxCurrent)
  );
}

/** Minimum inclusive, maximum exclusive; what was not measured matches not. */
function measuredWithin(value: Measured | undefined, min?: number, max?: number): boolean {
  if (min === undefined && max === undefined) return true;
  if (!value) return false;
  return (min === undefined || value.least >= min) && (max === undefined || value.most < max);
}
