export * from './given';
export * from './sample-network';
export * from './eventually';
export * from './fake-clock';
