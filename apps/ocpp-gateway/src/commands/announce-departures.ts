import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { plusMillis } from '@voltledger/kernel';
import { newUuid } from '@voltledger/platform';
import { publicStatus } from '../domain/evse-status';
import { takeDepartures } from '../outbound/connections-table';
import { EvseStatuses } from '../outbound/evse-statuses';
import { StationEvents } from '../outbound/station-events';
import { ThisGateway } from '../outbound/this-gateway';

const AT_ONCE = 50;

/** Tells the world of stations that did not come back in time. Result: whether there may be more. */
export class AnnounceDepartures extends Command<boolean> {}

@CommandHandler(AnnounceDepartures)
export class AnnounceDeparturesHandler implements ICommandHandler<AnnounceDepartures> {
  constructor(
    private readonly gateway: ThisGateway,
    private readonly events: StationEvents,
    private readonly evses: EvseStatuses,
  ) {}

  execute(): Promise<boolean> {
    const now = this.gateway.now();
    const limits = {
      lostBefore: plusMillis(now, -this.gateway.config.OCPP_OFFLINE_GRACE_SECONDS * 1_000),
      aliveSince: this.gateway.aliveSince,
    };
    return this.gateway.database.transaction(async (tx) => {
      const departures = await takeDepartures(tx, limits, AT_ONCE);
      for (const { stationId, at } of departures) {
        const id = newUuid();
        const event = { type: 'StationDisconnected', data: { stationId, at } } as const;
        await this.events.publish(event, { id, correlationId: id }, tx);
        await this.evses.refresh(tx, stationId, publicStatus, now);
      }
      return departures.length === AT_ONCE;
    });
  }
}
