export { EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres';
export { EmbeddedPostgresError } from './embedded-postgres-error';
export { FORGETFUL_SETTINGS, type ServerSettings } from './server-settings';
