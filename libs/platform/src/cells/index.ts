export { type CellSource, cellSources } from './cell-sources';
export { type ForeignBus, TopicReplica } from './topic-replica';
