export { type ConnectionOptions, Connections } from './connections';
export { type DatabaseOptions, PgDatabase } from './pg-database';
export { type LastStatement, PgTransaction } from './pg-transaction';
export { type Migrating, migrate, schemaOf } from './migrate';
export { refusedByServer } from './server-error';
export { ensureDatabase } from './ensure-database';
