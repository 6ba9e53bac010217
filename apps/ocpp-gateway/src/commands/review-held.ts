import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reviewHeld, signInstance } from '../outbound/connections-table';
import { type LiveStation, LiveStations } from '../outbound/live-stations';
import { ThisGateway } from '../outbound/this-gateway';
import { LiveRecords } from './live-records';

const GONE = 1008;

/** Signs that this gateway lives, and looks what others have changed about the stations it holds. */
export class ReviewHeld extends Command<void> {}

@CommandHandler(ReviewHeld)
export class ReviewHeldHandler implements ICommandHandler<ReviewHeld> {
  constructor(
    private readonly gateway: ThisGateway,
    private readonly live: LiveStations,
    private readonly records: LiveRecords,
  ) {}

  async execute(): Promise<void> {
    const at = this.gateway.now();
    await signInstance(this.gateway.database, this.gateway.name, at);
    this.gateway.signed(at);
    const held = this.live.all().map(({ stationId, link, lastSeenAt }) => ({
      stationId,
      connectionId: link.connectionId,
      seenAt: lastSeenAt,
    }));
    if (held.length === 0) return;
    const askedAbout = new Map(held.map((each) => [each.stationId, each.connectionId]));
    for (const state of await reviewHeld(this.gateway.database, held)) {
      const live = this.live.get(state.stationId);
      // It may have reconnected while we asked.
      if (live?.link.connectionId !== askedAbout.get(state.stationId)) continue;
      if (live) await this.review(live, state.connectionId, state.revision);
    }
  }

  private async review(
    live: LiveStation,
    connectionId: string | null,
    revision: number | null,
  ): Promise<void> {
    if (revision === null) live.link.close(GONE, 'the station was removed');
    else if (connectionId !== live.link.connectionId)
      live.link.close(GONE, 'connected to another gateway');
    else if (revision !== live.record.revision) await this.records.renew(live);
  }
}
