import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type StationId, type Transaction } from '@voltledger/kernel';
import { newUuid } from '@voltledger/platform';
import { publicStatus } from '../domain/evse-status';
import { unknownClock } from '../domain/station-clock';
import { ConnectionLost } from '../outbound/connection-fence';
import { type Taken, takeConnection } from '../outbound/connections-table';
import { EvseStatuses } from '../outbound/evse-statuses';
import { type LiveStation, LiveStations, type StationLink } from '../outbound/live-stations';
import { StationEvents } from '../outbound/station-events';
import { type StationRecord } from '../outbound/station-record';
import { openTransactions } from '../outbound/transactions-table';
import { ThisGateway } from '../outbound/this-gateway';

export { ConnectionLost };
export type { LiveStation };

const REPLACED = 1008;

/** A station was admitted, and its socket is open. From now on commands go there. */
export class ConnectStation extends Command<LiveStation> {
  constructor(
    readonly record: StationRecord,
    readonly link: StationLink,
  ) {
    super();
  }
}

@CommandHandler(ConnectStation)
export class ConnectStationHandler implements ICommandHandler<ConnectStation> {
  constructor(
    private readonly gateway: ThisGateway,
    private readonly live: LiveStations,
    private readonly events: StationEvents,
    private readonly evses: EvseStatuses,
  ) {}

  async execute({ record, link }: ConnectStation): Promise<LiveStation> {
    const { stationId } = record;
    const { epoch, connectionBefore } = await this.gateway.database.transaction((tx) =>
      this.take(tx, stationId, link),
    );
    const before = this.live.get(stationId);
    before?.link.close(REPLACED, 'replaced by a newer connection');
    // What this process knows is up to date only if no other held the station in between.
    if (before && before.link.connectionId === connectionBefore)
      return Object.assign(before, { record, link, epoch, lastSeenAt: this.gateway.now() });
    const open = await openTransactions(this.gateway.database, stationId);
    const live: LiveStation = {
      stationId,
      link,
      epoch,
      record,
      clock: before?.clock ?? this.live.clockOf(stationId) ?? unknownClock,
      transactions: new Map(open.map((each) => [each.transactionId, each])),
      invited: new Set(),
      lastSeenAt: this.gateway.now(),
    };
    this.live.add(live);
    return live;
  }

  private async take(tx: Transaction, stationId: StationId, link: StationLink): Promise<Taken> {
    const { connectionId, version, address } = link;
    const at = this.gateway.now();
    const taken = await takeConnection(tx, {
      stationId,
      connectionId,
      instance: this.gateway.name,
      subprotocol: version.subprotocol,
      address,
      at,
    });
    if (!taken.wasAway) return taken;
    const id = newUuid();
    const data = { stationId, ocppVersion: version.version, at };
    await this.events.publish({ type: 'StationConnected', data }, { id, correlationId: id }, tx);
    await this.evses.refresh(tx, stationId, publicStatus, at);
    return taken;
  }
}
