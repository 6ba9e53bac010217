import { Inject } from '@nestjs/common';
import { type MessageBus, type OutgoingMessage } from '@voltledger/kernel';
import {
  DATABASE,
  type Database,
  MESSAGE_BUS,
  type RecurringWork,
  Worker,
} from '@voltledger/platform';
import { EraseSubject } from './erase-subject';
import { CONFIG, type Config } from '../config';
import { erasuresUnderWay } from '../projections/erasures.table';

const AT_ONCE = 10;

/** Takes every erasure under way a step further. */
@Worker()
export class ErasuresWorker implements RecurringWork {
  readonly name = 'billing.erasures';
  readonly every: number;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(MESSAGE_BUS) private readonly bus: MessageBus,
    @Inject(CONFIG) config: Config,
    private readonly subjects: EraseSubject,
  ) {
    this.every = config.BILLING_ERASURE_REST_MS;
  }

  async run(): Promise<boolean> {
    await this.database.transaction(async (tx) => {
      const messages: OutgoingMessage[] = [];
      for (const erasure of await erasuresUnderWay(tx, AT_ONCE))
        messages.push(...(await this.subjects.next(tx, erasure)));
      // Last in the transaction: nothing that may wait comes after the bus' locks.
      if (messages.length > 0) await this.bus.publish(messages, tx);
    });
    return false;
  }
}
