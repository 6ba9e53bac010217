import { PgEventStore, type PgEventStoreOptions, type RunningStore } from '../event-store';

export interface StoreOptions extends PgEventStoreOptions {
  /** Streams are in KurrentDB; in PostgreSQL when undefined. */
  readonly kurrentDbUrl: string | undefined;
}

/** Which event store it is, is a matter of settings alone. */
export async function openStore({ kurrentDbUrl, ...options }: StoreOptions): Promise<RunningStore> {
  if (kurrentDbUrl === undefined) {
    const store = new PgEventStore(options);
    await store.start();
    return store;
  }
  // Its driver is native and large: loaded only by those who use it.
  const { KurrentEventStore } = await import('../kurrent-store');
  return new KurrentEventStore({ ...options, kurrentDbUrl });
}
