import { Inject, Injectable } from '@nestjs/common';
import {
  type Instant,
  type MilliWattHours,
  type SessionId,
  type StationId,
} from '@voltledger/kernel';
import { type TransactionReport } from '@voltledger/ocpp';
import { SCOPE, type Scope, derivedUuid } from '@voltledger/platform';
import { chargingPlace } from '../domain/charging-place';
import { readingsOf } from '../domain/readings';
import { isLate, observed } from '../domain/station-clock';
import { eventTypes, transactionEvent } from '../domain/transaction-event';
import { type LiveStation, type OpenTransaction } from '../outbound/live-stations';
import { keepNotice } from '../outbound/notices-table';
import { StationReports } from '../outbound/station-reports';
import { keptFrame } from './masked-frame';
import { type Judgement } from './token-judge';

/** Where a report about a transaction came from. */
export interface Source {
  readonly stationId: StationId;
  readonly report: TransactionReport;
  readonly callId: string;
  readonly action: string;
  readonly payload: object;
  readonly fingerprint: string;
  readonly arrivedAt: Instant;
}

/** Publishes what stations report on transactions, whatever message it came in. */
@Injectable()
export class TransactionReporter {
  constructor(
    @Inject(SCOPE) private readonly scope: Scope,
    private readonly reports: StationReports,
  ) {}

  /** The same for the same report: a repeated report is the same message (rule 2). */
  messageId({ stationId, report, fingerprint }: Source, transactionId: string): string {
    const type = eventTypes[report.phase];
    return derivedUuid('station-event', stationId, type, transactionId, fingerprint);
  }

  /** Durable when it resolves. */
  async publish(
    live: LiveStation,
    source: Source,
    transaction: OpenTransaction,
    { messageId, judgement }: { readonly messageId: string; readonly judgement: Judgement },
  ): Promise<void> {
    const { stationId, report, fingerprint, arrivedAt } = source;
    const { transactionId } = transaction;
    const offline = report.offline === true || isLate(live.clock, report.reportedAt, arrivedAt);
    const { readings, unplaced } = readingsOf(report.samples, transaction);
    const place = placeOf(live, report, transaction);
    const event = transactionEvent(report, {
      stationId,
      sessionId: this.sessionId(stationId, transactionId),
      transactionId,
      fingerprint,
      arrivedAt,
      frame: keptFrame(source.callId, source.action, source.payload),
      offline,
      readings,
      ...(place && { place }),
      ...(judgement.kind === 'ask' && { authorizationRequestId: judgement.requestId }),
    });
    if (unplaced.length > 0) await this.keepUnplaced(source);
    await this.reports.publish(event, { id: messageId, correlationId: event.data.sessionId });
    if (!offline) live.clock = observed(live.clock, report.reportedAt, arrivedAt);
    remember(transaction, readings.at(-1)?.register);
  }

  private sessionId(stationId: StationId, transactionId: string): SessionId {
    const { tenant } = this.scope;
    return derivedUuid('session', tenant, stationId, transactionId) as string as SessionId;
  }

  /** Signed records without any register: somebody has to look (OCPP-J-MV-11). */
  private keepUnplaced({ stationId, action, payload, report, arrivedAt }: Source): Promise<void> {
    const { reportedAt } = report;
    return this.reports.writing(stationId, (tx) =>
      keepNotice(tx, { stationId, action, payload, reportedAt, arrivedAt }),
    );
  }
}

/** Sent with the start and the end, and whenever a station that numbers itself names the EVSE. */
function placeOf(
  { record }: LiveStation,
  { phase, numberedBy, evse, connector }: TransactionReport,
  transaction: OpenTransaction,
) {
  if (phase === 'updated' && (numberedBy === 'us' || evse === undefined)) return undefined;
  return chargingPlace(record.evses, evse ?? transaction.evse, connector);
}

function remember(transaction: OpenTransaction, latest: MilliWattHours | undefined): void {
  if (latest !== undefined) transaction.latest = latest;
}
