import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type StationId } from '@voltledger/kernel';
import { loseConnection } from '../outbound/connections-table';
import { LiveStations } from '../outbound/live-stations';
import { ThisGateway } from '../outbound/this-gateway';

/** A socket is gone. The world learns of it after the grace time (OCPP-J-CONN-13). */
export class DisconnectStation extends Command<void> {
  constructor(
    readonly stationId: StationId,
    readonly connectionId: string,
  ) {
    super();
  }
}

@CommandHandler(DisconnectStation)
export class DisconnectStationHandler implements ICommandHandler<DisconnectStation> {
  constructor(
    private readonly gateway: ThisGateway,
    private readonly live: LiveStations,
  ) {}

  async execute({ stationId, connectionId }: DisconnectStation): Promise<void> {
    if (!this.live.remove(stationId, connectionId)) return;
    await loseConnection(this.gateway.database, {
      stationId,
      connectionId,
      at: this.gateway.now(),
    });
  }
}
