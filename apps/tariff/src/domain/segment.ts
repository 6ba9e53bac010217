import { type Instant, type MilliWattHours, epochMillis } from '@voltledger/kernel';
import { type Kind } from './active-components';
import { type CompiledTariff, bandOf } from './compiled-tariff';

/** A stretch of a session between two things that were measured or told. */
export interface Segment {
  readonly kind: Kind;
  readonly start: Instant;
  readonly end: Instant;
  /** Flows evenly over the segment. */
  readonly energy: MilliWattHours;
  /** Milliwatts; absent when not measured. */
  readonly power?: number | undefined;
  /** Milliamperes, sum over the phases; absent when not measured. */
  readonly current?: number | undefined;
  /** Which of the terms' tariffs is in force; the first when left out (R-03). */
  readonly tariff?: number;
}

/** A segment as numbers, and what came before it. */
export interface Course {
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly end: number;
  /** mWh of the session before the segment, and in it. */
  readonly before: number;
  readonly energy: number;
  /** From when durations count: milliseconds since the epoch. */
  readonly durationsFrom: number;
}

/**
 * A part of a segment in which no restriction begins or ends: from `from` to `to` of `of` equal
 * steps. Steps are so small that every boundary falls on one, exactly.
 */
export interface Piece {
  readonly from: bigint;
  readonly to: bigint;
  readonly of: bigint;
}

export const courseOf = (
  { start, end, energy }: Segment,
  before: number,
  durationsFrom: number | undefined,
): Course => {
  const from = epochMillis(start);
  return {
    start: from,
    end: epochMillis(end),
    before,
    energy,
    durationsFrom: durationsFrom ?? from,
  };
};

const UNCUT: readonly Piece[] = [{ from: 0n, to: 1n, of: 1n }];

/** Cuts a segment wherever time, energy or duration may change a price. */
export function pieces(tariff: CompiledTariff, course: Course): readonly Piece[] {
  const instants = instantCuts(tariff, course);
  const amounts = energyCuts(tariff, course);
  if (instants.length === 0 && amounts.length === 0) return UNCUT;
  const span = BigInt(course.end - course.start || 1);
  const flow = BigInt(course.energy || 1);
  const magnitude = flow < 0n ? -flow : flow;
  const of = span * magnitude;
  const cuts = [
    ...instants.map((at) => BigInt(at - course.start) * magnitude),
    ...amounts.map((at) => (BigInt(at - course.before) * of) / flow),
    0n,
    of,
  ];
  const positions = [...new Set(cuts)].sort((one, other) => (one < other ? -1 : 1));
  return positions.slice(1).map((to, index) => ({ from: positions[index] ?? 0n, to, of }));
}

function instantCuts({ clock, durationThresholds }: CompiledTariff, course: Course): number[] {
  const { start, end, durationsFrom } = course;
  const cuts: number[] = [];
  for (let at = clock(start).until; at < end; at = clock(at).until) cuts.push(at);
  for (const threshold of durationThresholds) {
    const at = durationsFrom + threshold;
    if (at > start && at < end) cuts.push(at);
  }
  return cuts;
}

function energyCuts({ energyThresholds }: CompiledTariff, { before, energy }: Course): number[] {
  if (energy === 0) return [];
  const [low, high] = energy > 0 ? [before, before + energy] : [before + energy, before];
  return energyThresholds.filter((threshold) => threshold > low && threshold < high);
}

/** Milliseconds since the epoch at which a piece begins, cut to whole ones. */
export const instantIn = ({ start, end }: Course, { from, of }: Piece): number =>
  from === 0n ? start : start + Number((BigInt(end - start) * from) / of);

/** How many of `thresholds` the session's energy has reached throughout a piece. */
export function energyBandIn(
  { energyThresholds }: CompiledTariff,
  { before, energy }: Course,
  { from, to, of }: Piece,
): number {
  if (of === 1n) return bandOf(energyThresholds, Math.min(before, before + energy));
  const lowest = BigInt(before) * of + BigInt(energy) * (energy < 0 ? to : from);
  return energyThresholds.filter((threshold) => BigInt(threshold) * of <= lowest).length;
}
