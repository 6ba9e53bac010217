import { Inject } from '@nestjs/common';
import { type Clock, plusMillis } from '@voltledger/kernel';

import {
  CLOCK,
  DATABASE,
  type Database,
  type NewPush,
  PushQueue,
  type RecurringWork,
  Worker,
} from '@voltledger/platform';
import { CONNECTION, type Connection } from '../config';
import { abandonedPushes } from '../projections/abandoned-pushes';
import { Authorizations, type UnusedAuthorization } from '../projections/authorizations';

const MINUTE = 60_000;
const BATCH = 100;

/** Drivers who were allowed and never plugged in: their EMPs hear that nothing will come of it. */
@Worker()
export class UnusedAuthorizationsWorker implements RecurringWork {
  readonly name = 'roaming-oicp.unused-authorizations';
  readonly every = MINUTE / 2;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(Authorizations) private readonly authorizations: Authorizations,
    @Inject(PushQueue) private readonly pushes: PushQueue,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONNECTION) private readonly connection: Connection,
  ) {}

  async run(): Promise<boolean> {
    const now = this.clock();
    const before = plusMillis(
      now,
      -this.connection.config.OICP_UNUSED_AUTHORIZATION_MINUTES * MINUTE,
    );
    return this.database.transaction(async (tx) => {
      const unused = await this.authorizations.unused(before, BATCH, tx);
      const requestIds = unused.map(({ requestId }) => requestId);
      await this.authorizations.endUnused(requestIds, now, tx);
      await this.pushes.enqueue(
        tx,
        unused.flatMap((each) => this.pushesFor(each)),
      );
      return unused.length === BATCH;
    });
  }

  /** A notification names its EVSE: where the station never said it, nothing can be sent. */
  private pushesFor(unused: UnusedAuthorization): NewPush[] {
    const { payer, place, answeredAt, requestId, correlationId } = unused;
    if (!place) return [];
    const abandoned = {
      payer,
      evseId: place.evse.evseId,
      timeZone: place.place.timeZone,
      from: answeredAt,
      to: answeredAt,
    };
    const protocol = this.connection;
    return abandonedPushes(abandoned, protocol, { cause: requestId, correlationId });
  }
}
