import { Injectable } from '@nestjs/common';
import { type StationId } from '@voltledger/kernel';
import { type LiveStation, LiveStations } from '../outbound/live-stations';
import { StationRegistry } from '../outbound/station-registry';
import { ThisGateway } from '../outbound/this-gateway';

const GONE = 1008;

/** Brings what connected stations carry with them up to date with the registry. */
@Injectable()
export class LiveRecords {
  constructor(
    private readonly gateway: ThisGateway,
    private readonly live: LiveStations,
    private readonly registry: StationRegistry,
  ) {}

  /** Other gateways find out by the stations' revisions. */
  async reload(stationIds: readonly string[]): Promise<void> {
    for (const stationId of stationIds as readonly StationId[]) {
      const live = this.live.get(stationId);
      if (!live) continue;
      await this.renew(live);
    }
  }

  /** Reads a connected station anew, and closes the connection of one that no longer belongs here. */
  async renew(live: LiveStation): Promise<void> {
    const record = await this.registry.find(live.stationId);
    if (!record) live.link.close(GONE, 'the station was removed');
    else if (record.home && record.home.region !== this.gateway.region)
      live.link.close(GONE, 'the station is at home in another region');
    else live.record = record;
  }
}
