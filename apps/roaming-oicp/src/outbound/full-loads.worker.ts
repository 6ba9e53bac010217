import { Inject } from '@nestjs/common';
import { type Clock, plusMillis } from '@voltledger/kernel';
import {
  CLOCK,
  DATABASE,
  type Database,
  PushQueue,
  type RecurringWork,
  Worker,
  newUuid,
} from '@voltledger/platform';
import { FullLoads, type Sequence } from '../projections/full-loads';
import { evseDataPush, evseStatusPush } from '../projections/push-kinds';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** Pictures drift apart: data is replaced as a whole weekly, statuses daily (OICP-EVSE-08, OICP-STA-04). */
@Worker()
export class FullLoadsWorker implements RecurringWork {
  readonly name = 'roaming-oicp.full-loads';
  readonly every = 5 * MINUTE;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(FullLoads) private readonly loads: FullLoads,
    @Inject(PushQueue) private readonly pushes: PushQueue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(): Promise<boolean> {
    const now = this.clock();
    const outdated = await this.loads.outdated({
      'evse-data': plusMillis(now, -7 * DAY),
      'evse-status': plusMillis(now, -DAY),
    });
    for (const sequence of outdated) await this.request(sequence, { confirmed: false });
    return false;
  }

  /** `confirmed`: it may be much smaller than what Hubject has; somebody looked. */
  async request(sequence: Sequence, { confirmed }: { readonly confirmed: boolean }): Promise<void> {
    const cause = newUuid();
    await this.database.transaction(async (tx) => {
      await this.loads.request(sequence, confirmed, tx);
      const push = sequence === 'evse-data' ? evseDataPush : evseStatusPush;
      await this.pushes.enqueue(tx, [push(cause, cause)]);
    });
  }
}
