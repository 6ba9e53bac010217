import { Inject, Injectable } from '@nestjs/common';
import { type TransactionAnswer } from '@voltledger/ocpp';
import { LOGGER, type Logger, derivedUuid } from '@voltledger/platform';
import { readingsOf } from '../domain/readings';
import { type LiveStation } from '../outbound/live-stations';
import { keepNotice } from '../outbound/notices-table';
import { StationEvents } from '../outbound/station-events';
import { StationReports } from '../outbound/station-reports';
import { type Source } from './transaction-reporter';
import { TokenJudge } from './token-judge';

/** The id of an orphan that names none. */
const NAMELESS = '-1';

/** Keeps ends that fit no transaction: whole, for an operator, on no session (OCPP-1.6-TX-07). */
@Injectable()
export class OrphanKeeper {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly reports: StationReports,
    private readonly events: StationEvents,
    private readonly judge: TokenJudge,
  ) {}

  /** Answered like any other end: otherwise the station repeats it for ever. */
  async keep(live: LiveStation, source: Source): Promise<TransactionAnswer> {
    const { stationId, action, payload, report, fingerprint, arrivedAt } = source;
    const { reportedAt, token, transactionId = NAMELESS } = report;
    const id = derivedUuid('station-event', stationId, 'OrphanTransactionEnded', fingerprint);
    const notice = {
      stationId,
      action: 'OrphanTransactionEnded',
      payload: { action, payload },
      reportedAt,
      arrivedAt,
    };
    const data = {
      stationId,
      transactionId,
      reportedAt,
      ...(token && { token }),
      readings: readingsOf(report.samples, {}).readings,
      frame: JSON.stringify([action, payload]),
    };
    await this.reports.writing(stationId, async (tx) => {
      await keepNotice(tx, notice);
      const identity = { id, correlationId: id };
      await this.events.publish({ type: 'OrphanTransactionEnded', data }, identity, tx);
    });
    this.logger.warn({ stationId, transactionId, reportedAt }, 'a stop that fits no transaction');
    const verdict = this.judge.withoutAsking(live, report);
    return verdict ? { verdict } : {};
  }
}
