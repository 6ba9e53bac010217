export * from './given';
export * from './sample-network';
