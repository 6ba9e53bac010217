import { Injectable } from '@nestjs/common';
import { type StationId } from '@voltledger/kernel';
import { LiveStations } from '../outbound/live-stations';
import { StationRegistry } from '../outbound/station-registry';

const GONE = 1008;

/** Brings what connected stations carry with them up to date with the registry. */
@Injectable()
export class LiveRecords {
  constructor(
    private readonly live: LiveStations,
    private readonly registry: StationRegistry,
  ) {}

  /** Other gateways find out by the stations' revisions. */
  async reload(stationIds: readonly string[]): Promise<void> {
    for (const stationId of stationIds as readonly StationId[]) {
      const live = this.live.get(stationId);
      if (!live) continue;
      const record = await this.registry.find(stationId);
      if (record) live.record = record;
      else live.link.close(GONE, 'the station was removed');
    }
  }
}
