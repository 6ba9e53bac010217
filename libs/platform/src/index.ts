export * from './config';
export * from './consumer';
export * from './identity';
export * from './relay';
export * from './service';
export * from './tokens';
export * from './worker';
