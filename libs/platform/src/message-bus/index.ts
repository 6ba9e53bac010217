export { busMigrations } from './bus-migrations';
export { type ParkedMessage, ParkedMessages } from './parked-messages';
export { PgMessageBus, type PgMessageBusOptions } from './pg-message-bus';
export { type RunningBus } from './running-bus';
export { type Retention, retentionSetting } from './retention';
