import { Inject } from '@nestjs/common';
import { type Clock, plusMillis } from '@voltledger/kernel';
import {
  CLOCK,
  DATABASE,
  type Database,
  REPORTS,
  type RecurringWork,
  type Reports,
  Worker,
} from '@voltledger/platform';
import { type DueSession, dueSessions, markFailed } from '../projections/chargeable-sessions.table';
import { CONFIG, type Config } from '../config';
import { Settlement } from './settlement';

/** Sessions settled at the same time: they wait for the disk, not for each other. */
const AT_ONCE = 4;
const RETRY_FIRST_MS = 1_000;
const RETRY_LAST_MS = 10 * 60_000;

/** Settles sessions that changed. One that cannot be settled is tried again, and delays no other. */
@Worker()
export class SettlementWorker implements RecurringWork {
  readonly name = 'billing.settlement';
  readonly every: number;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(REPORTS) private readonly reports: Reports,
    @Inject(CONFIG) private readonly config: Config,
    private readonly settlement: Settlement,
  ) {
    this.every = config.BILLING_SETTLEMENT_REST_MS;
  }

  async run(signal: AbortSignal): Promise<boolean> {
    const batch = this.config.BILLING_SETTLEMENT_BATCH;
    const due = await dueSessions(this.database, this.clock(), batch);
    const lanes = Array.from({ length: AT_ONCE }, (_, lane) =>
      this.settleAll(
        due.filter((_session, at) => at % AT_ONCE === lane),
        signal,
      ),
    );
    await Promise.all(lanes);
    return due.length === batch && !signal.aborted;
  }

  private async settleAll(due: readonly DueSession[], signal: AbortSignal): Promise<void> {
    for (const session of due) if (!signal.aborted) await this.settle(session);
  }

  private async settle({ sessionId, failures }: DueSession): Promise<void> {
    try {
      await this.settlement.settle(sessionId);
    } catch (error) {
      this.reports.report(error, { work: this.name, facts: { sessionId, failures } });
      const wait = Math.min(RETRY_FIRST_MS * 2 ** failures, RETRY_LAST_MS);
      const retryAt = plusMillis(this.clock(), wait);
      await markFailed(this.database, sessionId, retryAt, String(error));
    }
  }
}
