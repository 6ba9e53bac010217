import { Inject } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LOGGER, type Logger } from '@voltledger/platform';
import { keepNotice, keepVariables } from '../outbound/notices-table';
import { StationReports } from '../outbound/station-reports';
import { type ReceivedReport } from './received-report';
import { RecordStatuses } from './record-status';

/** Security events, firmware and log status, reports: kept, and shown. */
export class KeepNotice extends Command<object> {
  constructor(readonly received: ReceivedReport<'notice'>) {
    super();
  }
}

@CommandHandler(KeepNotice)
export class KeepNoticeHandler implements ICommandHandler<KeepNotice> {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly reports: StationReports,
    private readonly commands: CommandBus,
  ) {}

  async execute({ received }: KeepNotice): Promise<object> {
    const { stationId, report, action, payload, arrivedAt } = received;
    const { reportedAt, statuses, variables } = report;
    await this.reports.writing(stationId, async (tx) => {
      await keepNotice(tx, {
        stationId,
        action,
        payload,
        arrivedAt,
        ...(reportedAt && { reportedAt }),
      });
      await keepVariables(tx, stationId, variables, arrivedAt);
    });
    this.logger.info({ stationId, action }, 'notice of a station kept');
    if (statuses.length > 0)
      await this.commands.execute(new RecordStatuses(stationId, statuses, arrivedAt));
    return {};
  }
}
