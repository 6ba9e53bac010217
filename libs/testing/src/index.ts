export * from './edge-app';
export * from './given';
export * from './sample-network';
export * from './eventually';
export * from './fake-clock';
export * from './test-database';
export * from './memory-event-store';
