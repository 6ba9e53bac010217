import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type MeterReport } from '@voltledger/ocpp';
import { type LiveStation, LiveStations, type OpenTransaction } from '../outbound/live-stations';
import { keepNotice, keepTelemetry } from '../outbound/notices-table';
import { StationReports } from '../outbound/station-reports';
import { type ReceivedReport } from './received-report';
import { TransactionLookup } from './transaction-lookup';
import { TransactionReporter } from './transaction-reporter';

type Received = ReceivedReport<'meterValues'>;

/** Meter values that come on their own belong to the transaction they name, or to the only one. */
export class RecordMeterValues extends Command<object> {
  constructor(readonly received: Received) {
    super();
  }
}

@CommandHandler(RecordMeterValues)
export class RecordMeterValuesHandler implements ICommandHandler<RecordMeterValues> {
  constructor(
    private readonly reports: StationReports,
    private readonly live: LiveStations,
    private readonly lookup: TransactionLookup,
    private readonly reporter: TransactionReporter,
  ) {}

  async execute({ received }: RecordMeterValues): Promise<object> {
    const { stationId, report } = received;
    const live = this.live.require(stationId);
    const transaction = await this.transactionOf(live, report);
    if (transaction) await this.report(live, received, transaction);
    else await this.keep(received);
    return {};
  }

  /** EVSE 0 is the main meter: no session's (OCPP-J-MV-06). */
  private async transactionOf(
    live: LiveStation,
    { evse, transactionId }: MeterReport,
  ): Promise<OpenTransaction | undefined> {
    if (evse === 0) return undefined;
    if (transactionId !== undefined) return this.lookup.byId(live, transactionId);
    const running = [...live.transactions.values()].filter((each) => each.evse === evse);
    return running.length === 1 ? running[0] : undefined;
  }

  private async report(
    live: LiveStation,
    received: Received,
    transaction: OpenTransaction,
  ): Promise<void> {
    const { report, ...source } = received;
    const { numberedBy, reportedAt, samples } = report;
    const tellsEnergy = samples.some(({ register, signed }) => register !== undefined || signed);
    if (reportedAt === undefined || !tellsEnergy) return this.keepLatest(received);
    const update = {
      ...source,
      report: { phase: 'updated', presents: 'nothing', numberedBy, reportedAt, samples } as const,
    };
    const messageId = this.reporter.messageId(update, transaction.transactionId);
    await this.reporter.publish(live, update, transaction, {
      messageId,
      judgement: { kind: 'none' },
    });
  }

  /** Values of a number we never gave stay to be looked at; of other telemetry, the latest. */
  private keep(received: Received): Promise<void> {
    const { stationId, report, action, payload, arrivedAt } = received;
    const { evse, transactionId, reportedAt } = report;
    if (transactionId === undefined || evse === 0) return this.keepLatest(received);
    const notice = { stationId, action, payload, arrivedAt, ...(reportedAt && { reportedAt }) };
    return this.reports.writing(stationId, (tx) => keepNotice(tx, notice));
  }

  private keepLatest({ stationId, report, payload, arrivedAt }: Received): Promise<void> {
    return this.reports.writing(stationId, (tx) =>
      keepTelemetry(tx, stationId, report.evse, payload, arrivedAt),
    );
  }
}
