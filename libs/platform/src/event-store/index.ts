export { eventStoreMigrations } from './event-store-migrations';
export { PgEventStore, type PgEventStoreOptions } from './pg-event-store';
export { type RunningStore } from './running-store';
export { Snapshots } from './snapshots';
