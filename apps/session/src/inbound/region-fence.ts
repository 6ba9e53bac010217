import { Inject, Injectable } from '@nestjs/common';
import { type StationEventEnvelope } from '@voltledger/contracts';
import { type Transaction, UnreadableMessage } from '@voltledger/kernel';
import { SCOPE, type Scope } from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { homeOf } from '../tables/station-homes';

/** Keeps out of our sessions what a station still reports here after it was given another home. */
@Injectable()
export class RegionFence {
  constructor(
    @Inject(SCOPE) private readonly scope: Scope,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * What came in before the move still counts.
   *
   * @throws UnreadableMessage: the report is put aside, and replayed when the station came home.
   */
  async check({ event, recordedAt }: StationEventEnvelope, tx: Transaction): Promise<void> {
    if (this.config.CELLS === '') return;
    const { stationId } = event.data;
    const home = await homeOf(tx, stationId);
    if (!home || home.region === this.scope.region || recordedAt < home.movedAt) return;
    throw new UnreadableMessage(
      `${stationId} is at home in ${home.region} since ${home.movedAt} (epoch ${home.epoch}): ` +
        'its sessions are written there',
    );
  }
}
