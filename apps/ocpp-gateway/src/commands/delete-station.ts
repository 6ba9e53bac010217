import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type StationId } from '@voltledger/kernel';
import { DATABASE, type Database } from '@voltledger/platform';
import { stationUnknown } from '../domain/errors';
import { deleteStation } from '../outbound/stations-table';
import { LiveRecords } from './live-records';

/** The operator lets a station in no more. What it did stays. */
export class DeleteStation extends Command<void> {
  constructor(readonly stationId: StationId) {
    super();
  }
}

@CommandHandler(DeleteStation)
export class DeleteStationHandler implements ICommandHandler<DeleteStation> {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly records: LiveRecords,
  ) {}

  /** @throws DomainError STATION_UNKNOWN */
  async execute({ stationId }: DeleteStation): Promise<void> {
    if (!(await deleteStation(this.database, stationId))) throw stationUnknown(stationId);
    await this.records.reload([stationId]);
  }
}
