export { logTables } from './log-tables';
export { type LogSource, type Reading } from './log-source';
export { PARTITIONS, type Place, partitionOf, slotKey } from './partitions';
export { PartitionedLog, type PartitionedLogOptions } from './partitioned-log';
export { Batcher } from './batcher';
export { tableSource } from './table-source';
