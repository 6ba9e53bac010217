import { type KurrentStandIn, type StandInOptions } from './kurrent-stand-in';

export { type KurrentStandIn } from './kurrent-stand-in';
export * from './test-kurrentdb';

/** Loads gRPC only when somebody wants the stand-in. */
export async function startKurrentStandIn(options?: StandInOptions): Promise<KurrentStandIn> {
  const { KurrentStandIn: standIn } = await import('./kurrent-stand-in');
  return standIn.start(options);
}
