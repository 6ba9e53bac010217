export * from './push';
export * from './push-queue';
export * from './push-records';
export * from './push-settings';
export { pushMigration } from './push-table';
export * from './push-worker';
export * from './pushes.controller';
export { answerText, pushSettled } from './push-settled';
