export {
  type CommandDatabase,
  DEFAULT_HOME,
  EMBEDDED_DATABASE,
  NoDatabase,
  embeddedFolder,
  openCommandDatabase,
} from './command-database';
export { type PlatformConfig, platformConfigFrom } from './platform-config';
export { closeOnSignals, runService, startProblem } from './run-service';
export { type RunningServices, type StartOptions, startServices } from './start-services';
export { type Storage } from './storage';
export * from './open-store';
export * from './settings-help';
