import { Inject, Injectable } from '@nestjs/common';
import { type StationEvent } from '@voltledger/contracts';
import { type StationId, type Transaction } from '@voltledger/kernel';
import { Batcher, DATABASE, type Database, counter, refusedByServer } from '@voltledger/platform';
import { ConnectionLost, type HeldBy, stillHeld } from './connection-fence';
import { LiveStations } from './live-stations';
import { type Identity, StationEvents } from './station-events';

interface Report extends HeldBy {
  readonly event: StationEvent;
  readonly identity: Identity;
}

/** Writes what stations tell, for as long as the connection they tell it on is theirs. */
@Injectable()
export class StationReports {
  private readonly batcher = new Batcher<Report, boolean>(
    (reports) => this.write(reports),
    refusedByServer,
  );
  private readonly fenced = counter({
    name: 'ocpp_reports_fenced_total',
    help: 'Reports refused because their station was connected elsewhere by then.',
  });

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly live: LiveStations,
    private readonly events: StationEvents,
  ) {}

  /**
   * Durable when it resolves. What is told at the same time shares one transaction.
   *
   * @throws ConnectionLost
   */
  async publish(event: StationEvent, identity: Identity): Promise<void> {
    const held = this.heldBy(event.data.stationId);
    if (!(await this.batcher.submit({ ...held, event, identity }))) throw this.lost(held);
  }

  /**
   * One transaction with all that a station told at once.
   *
   * @throws ConnectionLost
   */
  writing<Result>(
    stationId: StationId,
    work: (tx: Transaction) => Promise<Result>,
  ): Promise<Result> {
    const held = this.heldBy(stationId);
    return this.database.transaction(async (tx) => {
      if (!(await stillHeld(tx, [held])).has(stationId)) throw this.lost(held);
      return work(tx);
    });
  }

  private heldBy(stationId: StationId): HeldBy {
    return { stationId, epoch: this.live.require(stationId).epoch };
  }

  private write(reports: readonly Report[]): Promise<boolean[]> {
    return this.database.transaction(async (tx) => {
      const held = await stillHeld(tx, reports);
      for (const { stationId, event, identity } of reports)
        if (held.has(stationId)) await this.events.publish(event, identity, tx);
      return reports.map(({ stationId }) => held.has(stationId));
    });
  }

  private lost({ stationId }: HeldBy): ConnectionLost {
    this.fenced.inc();
    return new ConnectionLost(stationId);
  }
}
