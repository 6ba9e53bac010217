import { Inject } from '@nestjs/common';
import { type Clock, plusMillis } from '@voltledger/kernel';
import { CLOCK, type RecurringWork, Worker } from '@voltledger/platform';
import { CONNECTION, type Connection } from '../config';
import { Authorizations } from '../projections/authorizations';
import { Exchanges } from '../projections/exchanges';
import { Sessions } from '../projections/sessions';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Forgets exchanges and questions that are older than anybody asks for. */
@Worker()
export class ForgettingWorker implements RecurringWork {
  readonly name = 'roaming-oicp.forgetting';
  readonly every = HOUR;

  constructor(
    @Inject(Exchanges) private readonly exchanges: Exchanges,
    @Inject(Authorizations) private readonly authorizations: Authorizations,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONNECTION) private readonly connection: Connection,
  ) {}

  async run(): Promise<boolean> {
    const keptMs = this.connection.config.OICP_EXCHANGES_KEPT_DAYS * DAY;
    const before = plusMillis(this.clock(), -keptMs);
    await this.exchanges.forget(before);
    await this.authorizations.forget(before);
    await this.sessions.forgetUnclaimed(before);
    return false;
  }
}
