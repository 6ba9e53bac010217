import { type RecurringWork, Worker } from '../worker';
import { IdempotencyRecords } from './idempotency-records';

const BATCH = 1_000;

/** Forgets answers after a day. */
@Worker()
export class IdempotencyExpiryWorker implements RecurringWork {
  readonly name = 'platform.idempotency-keys';
  readonly every = 60_000;

  constructor(private readonly records: IdempotencyRecords) {}

  async run(): Promise<boolean> {
    return (await this.records.forgetExpired(BATCH)) === BATCH;
  }
}
