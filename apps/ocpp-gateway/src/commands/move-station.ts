import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CellEvent, type StationHome } from '@voltledger/contracts';
import { type Cause, type StationId } from '@voltledger/kernel';
import { evsesOf, keepHome, lockedHome } from '../outbound/station-homes-table';
import { StationEvents } from '../outbound/station-events';
import { raiseRevisions } from '../outbound/stations-table';
import { ThisGateway } from '../outbound/this-gateway';
import { LiveRecords } from './live-records';

/** The epoch of a station that was never moved. */
const FIRST_EPOCH = 1;

/** An operator gives a station another home region. Said in any cell, it holds in all (domain.md 1.10). */
export class MoveStation extends Command<StationHome> {
  constructor(
    readonly stationId: StationId,
    readonly to: {
      readonly region: string;
      readonly by: string;
      readonly note?: string | undefined;
    },
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(MoveStation)
export class MoveStationHandler implements ICommandHandler<MoveStation> {
  constructor(
    private readonly gateway: ThisGateway,
    private readonly events: StationEvents,
    private readonly records: LiveRecords,
  ) {}

  async execute({ stationId, to, cause }: MoveStation): Promise<StationHome> {
    const home = await this.gateway.database.transaction(async (tx) => {
      const known = await lockedHome(tx, stationId);
      const next = { region: to.region, epoch: (known?.epoch ?? FIRST_EPOCH) + 1 };
      const { by, note } = to;
      const evseUids = await evsesOf(tx, stationId);
      const data = { stationId, evseUids, home: next, by, note, at: this.gateway.now() };
      await keepHome(tx, data);
      await raiseRevisions(tx, [stationId]);
      const { causationId: id, correlationId } = cause;
      await this.events.publishMove(tx, { type: 'StationHomeMoved', data }, { id, correlationId });
      return next;
    });
    await this.records.reload([stationId]);
    return home;
  }
}

/** Another cell, or ourselves a moment ago, said where a station is at home. */
export class NoteHome extends Command<void> {
  constructor(readonly move: CellEvent['data']) {
    super();
  }
}

@CommandHandler(NoteHome)
export class NoteHomeHandler implements ICommandHandler<NoteHome> {
  constructor(
    private readonly gateway: ThisGateway,
    private readonly records: LiveRecords,
  ) {}

  async execute({ move }: NoteHome): Promise<void> {
    await this.gateway.database.transaction(async (tx) => {
      if (await keepHome(tx, move)) await raiseRevisions(tx, [move.stationId]);
    });
    await this.records.reload([move.stationId]);
  }
}
