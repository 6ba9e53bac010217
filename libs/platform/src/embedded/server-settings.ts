export type ServerSettings = Readonly<Record<string, string | number>>;

/**
 * For one machine that is also used for other things, and durable: what was committed survives a
 * power cut. Each process of ours uses up to about 40 connections.
 */
export const SERVER_SETTINGS: ServerSettings = {
  listen_addresses: '127.0.0.1',
  max_connections: 250,
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  wal_compression: 'pglz',
  shared_buffers: '256MB',
  // Our statements are short: compiling or spreading them costs more than it saves.
  jit: 'off',
  max_parallel_workers_per_gather: 0,
  random_page_cost: 1.1,
  autovacuum_naptime: '30s',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_min_messages: 'warning',
};

/** For data that nobody will miss, such as a test's: nothing is forced to the disk. */
export const FORGETFUL_SETTINGS: ServerSettings = {
  fsync: 'off',
  full_page_writes: 'off',
  autovacuum_naptime: '5min',
};
