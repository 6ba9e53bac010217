import { type Clock } from '@voltledger/kernel';
import { type Config } from '../config';

/** What every connection needs to know. */
export interface ConnectionSettings {
  readonly now: Clock;
  readonly framesPerSecond: number;
  readonly pingMs: number;
  readonly callTimeoutMs: number;
  readonly callQueueMax: number;
}

export const CONNECTION_SETTINGS = Symbol('ConnectionSettings');

export const connectionSettings = (config: Config, now: Clock): ConnectionSettings => ({
  now,
  framesPerSecond: config.OCPP_FRAMES_PER_SECOND_MAX,
  pingMs: config.OCPP_PING_SECONDS * 1_000,
  callTimeoutMs: config.OCPP_CALL_TIMEOUT_SECONDS * 1_000,
  callQueueMax: config.OCPP_CALL_QUEUE_MAX,
});
