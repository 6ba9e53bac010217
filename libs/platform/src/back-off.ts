export interface BackOff {
  readonly firstMs: number;
  readonly mostMs: number;
}

/** Milliseconds to wait after the `failures`-th failure in a row: doubles up to a limit. */
export const backOffMs = ({ firstMs, mostMs }: BackOff, failures: number): number =>
  Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 30));
