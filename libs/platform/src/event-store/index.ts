export { eventStoreMigrations } from './event-store-migrations';
export { PgEventStore, type PgEventStoreOptions } from './pg-event-store';
