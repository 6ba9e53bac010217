export { StreamTruncated, UnreadableEvent } from './errors';
export { KurrentEventStore, type KurrentEventStoreOptions } from './kurrent-event-store';
