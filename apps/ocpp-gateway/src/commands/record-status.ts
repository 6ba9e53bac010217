import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Instant, type StationId, type Transaction, earlier } from '@voltledger/kernel';
import { type StatusReport } from '@voltledger/ocpp';
import { newUuid } from '@voltledger/platform';
import { publicStatus } from '../domain/evse-status';
import { observed } from '../domain/station-clock';
import { EvseStatuses } from '../outbound/evse-statuses';
import { LiveStations } from '../outbound/live-stations';
import { StationEvents } from '../outbound/station-events';
import { StationReports } from '../outbound/station-reports';
import { keepStatus } from '../outbound/statuses-table';

/** What a station says of the state of its connectors. */
export class RecordStatuses extends Command<object> {
  constructor(
    readonly stationId: StationId,
    readonly statuses: readonly StatusReport[],
    readonly arrivedAt: Instant,
  ) {
    super();
  }
}

@CommandHandler(RecordStatuses)
export class RecordStatusesHandler implements ICommandHandler<RecordStatuses> {
  constructor(
    private readonly live: LiveStations,
    private readonly reports: StationReports,
    private readonly events: StationEvents,
    private readonly evses: EvseStatuses,
  ) {}

  async execute({ stationId, statuses, arrivedAt }: RecordStatuses): Promise<object> {
    await this.reports.writing(stationId, async (tx) => {
      for (const status of statuses) await this.record(tx, stationId, status, arrivedAt);
      await this.evses.refresh(tx, stationId, publicStatus, arrivedAt);
    });
    const live = this.live.get(stationId);
    for (const { at } of statuses) if (live && at) live.clock = observed(live.clock, at, arrivedAt);
    return {};
  }

  /** Ordered by the station's clock, which may not run ahead of the arrival (OCPP-J-STAT-02). */
  private async record(
    tx: Transaction,
    stationId: StationId,
    report: StatusReport,
    arrivedAt: Instant,
  ): Promise<void> {
    const { evse, connector, status, reported, chargingState } = report;
    const at = report.at ? earlier(report.at, arrivedAt) : arrivedAt;
    await keepStatus(tx, stationId, { ...report, at, arrivedAt });
    const id = newUuid();
    const data = {
      stationId,
      stationEvse: evse,
      stationConnector: connector,
      status,
      reported,
      at,
    };
    await this.events.publish(
      {
        type: 'ConnectorStatusReported',
        data: { ...data, ...(chargingState && { chargingState }) },
      },
      { id, correlationId: id },
      tx,
    );
  }
}
