/** A whole number that a bench takes as `--name N`. */
export interface BenchOption {
  readonly meaning: string;
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

export type BenchOptions = Readonly<Record<string, BenchOption>>;
export type BenchValues<Options extends BenchOptions> = {
  readonly [Name in keyof Options]: number;
};

/** What was measured: for a person, and for a program. */
export interface BenchReport {
  readonly lines: readonly string[];
  readonly figures: Readonly<Record<string, unknown>>;
}

/**
 * One thing that is measured beside its baseline, in the same run and on the same machine: read the
 * ratio, not the figures.
 */
export interface Bench<Options extends BenchOptions = BenchOptions> {
  readonly name: string;
  /** Ends `Measures …`. */
  readonly summary: string;
  readonly options: Options;
  /** `tell` is for progress. */
  readonly run: (
    values: BenchValues<Options>,
    tell: (what: string) => void,
  ) => Promise<BenchReport>;
}

export const bench = <const Options extends BenchOptions>(made: Bench<Options>): Bench =>
  made as unknown as Bench;
