import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Authorization } from '@voltledger/contracts';
import { type Cause, type Clock, type Instant, plusMillis } from '@voltledger/kernel';
import { CLOCK, DATABASE, type Database } from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { type EvseSearch, findEvse } from '../tables/evses';
import { reserveStart } from '../tables/pending-starts';
import { Streams } from './streams';

export interface WantedStart {
  readonly startId: string;
  readonly where: EvseSearch;
  readonly connectorId?: string;
  readonly authorization: Authorization;
  readonly until: Instant;
}

/** Somebody wants a driver to charge who is not at the station's reader. */
export class RequestStart extends Command<'requested' | 'evse unknown'> {
  constructor(
    readonly wanted: WantedStart,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(RequestStart)
export class RequestStartHandler implements ICommandHandler<RequestStart> {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly streams: Streams,
  ) {}

  async execute({ wanted, cause }: RequestStart): Promise<'requested' | 'evse unknown'> {
    const { startId, where, connectorId, authorization, until } = wanted;
    const at = this.clock();
    const evse = await findEvse(this.database, where, connectorId);
    if (!evse) {
      await this.streams.start({ type: 'RefuseStart', startId, reason: 'unknown', at }, cause);
      return 'evse unknown';
    }
    const { stationId, place } = evse;
    const expiresAt = plusMillis(until, this.config.REMOTE_START_WINDOW_SECONDS * 1_000);
    const { stationEvse } = place.evse;
    const pending = { startId, stationId, stationEvse, authorization, askedAt: at, expiresAt };
    const remoteStartId = await reserveStart(this.database, pending);
    const asked = { startId, remoteStartId, stationId, place, authorization, at, until };
    await this.streams.start({ type: 'RequestStart', ...asked }, cause);
    return 'requested';
  }
}
