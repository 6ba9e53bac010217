import {
  type PriceComponent,
  type Restrictions,
  type Tariff,
  type TariffDimension,
} from '@voltledger/contracts';
import { type WallClock, wallClock } from './wall-clock';

const MILLIS = 1_000;

/** A half-open range of steps: `from` belongs to it, `until` does not. */
interface Range {
  readonly from: number;
  readonly until: number;
}

/** One element, with its limits turned into comparisons of small whole numbers. */
export interface CompiledElement {
  readonly restrictions: Restrictions;
  /** Index of the first component of each dimension: a second one never counts. */
  readonly componentOf: ReadonlyMap<TariffDimension, number>;
  readonly energyBands: Range;
  readonly durationBands: Range;
}

/** A tariff made ready to be asked many times what applies at an instant. */
export interface CompiledTariff {
  readonly tariff: Tariff;
  readonly hash: string;
  readonly elements: readonly CompiledElement[];
  readonly clock: WallClock;
  /** mWh since the start at which some element begins or ends, in rising order. */
  readonly energyThresholds: readonly number[];
  /** Milliseconds since the start, likewise. */
  readonly durationThresholds: readonly number[];
}

/** What a session is rated by. */
export interface RatingTerms {
  /** The tariff at the start first; more only where the driver changed the profile. */
  readonly tariffs: readonly [CompiledTariff, ...CompiledTariff[]];
  /** Whether a reservation, if there was one, ended without a session. */
  readonly reservation: 'EXPIRED' | 'USED';
}

/** A component of a tariff: `<tariff>.<element>.<component>`, each counted from 0. */
export type ComponentKey = string;

export const componentKey = (tariff: number, element: number, component: number): ComponentKey =>
  `${tariff}.${element}.${component}`;

export interface FoundComponent {
  readonly tariff: CompiledTariff;
  readonly element: CompiledElement;
  readonly elementIndex: number;
  readonly component: PriceComponent;
}

/** @throws Error when the terms are not those the key was made under: that is our bug. */
export function componentAt({ tariffs }: RatingTerms, key: ComponentKey): FoundComponent {
  const [tariffIndex = 0, elementIndex = 0, componentIndex = 0] = key.split('.').map(Number);
  const tariff = tariffs[tariffIndex];
  const element = tariff?.elements[elementIndex];
  const component = tariff?.tariff.elements[elementIndex]?.components[componentIndex];
  if (!tariff || !element || !component) throw new Error(`no component ${key} in these terms`);
  return { tariff, element, elementIndex, component };
}

/**
 * @param hash content hash of `tariff`, which ratings repeat.
 * @param timeZone IANA zone of the location: restrictions are in its local time.
 */
export function compiledTariff(tariff: Tariff, hash: string, timeZone: string): CompiledTariff {
  const restrictions = tariff.elements.map((element) => element.restrictions ?? {});
  const energyThresholds = rising(
    restrictions.flatMap(({ minEnergy, maxEnergy }) => [minEnergy, maxEnergy]),
  );
  const durationThresholds = rising(
    restrictions.flatMap(({ minDuration, maxDuration }) => [
      inMillis(minDuration),
      inMillis(maxDuration),
    ]),
  );
  const elements = tariff.elements.map(({ components, restrictions: own = {} }) => ({
    restrictions: own,
    componentOf: firstOfEach(components),
    energyBands: range(energyThresholds, own.minEnergy, own.maxEnergy),
    durationBands: range(durationThresholds, inMillis(own.minDuration), inMillis(own.maxDuration)),
  }));
  const clock = wallClock(restrictions, timeZone);
  return { tariff, hash, elements, clock, energyThresholds, durationThresholds };
}

/** How many thresholds have been reached: a minimum is reached at its value, as a maximum is. */
export function bandOf(thresholds: readonly number[], value: number): number {
  let band = 0;
  while (band < thresholds.length && (thresholds[band] ?? Infinity) <= value) band += 1;
  return band;
}

/** Minimum inclusive, maximum exclusive. */
const range = (thresholds: readonly number[], min?: number, max?: number): Range => ({
  from: min === undefined ? 0 : thresholds.indexOf(min) + 1,
  until: max === undefined ? Infinity : thresholds.indexOf(max) + 1,
});

export const within = ({ from, until }: Range, band: number): boolean =>
  band >= from && band < until;

const inMillis = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : seconds * MILLIS;

const rising = (values: readonly (number | undefined)[]): number[] =>
  [...new Set(values.filter((value) => value !== undefined))].sort((one, other) => one - other);

function firstOfEach(components: readonly PriceComponent[]): Map<TariffDimension, number> {
  const found = new Map<TariffDimension, number>();
  components.forEach(({ dimension }, index) => {
    if (!found.has(dimension)) found.set(dimension, index);
  });
  return found;
}
