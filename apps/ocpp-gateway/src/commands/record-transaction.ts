import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type TransactionAnswer } from '@voltledger/ocpp';
import { LiveStations } from '../outbound/live-stations';
import { OrphanKeeper } from './orphan-keeper';
import { type ReceivedReport } from './received-report';
import { TokenJudge } from './token-judge';
import { TransactionLookup } from './transaction-lookup';
import { TransactionReporter } from './transaction-reporter';

/**
 * A station reports on a transaction. The answer comes when the report is durable, never before
 * (OCPP-J-RPC-22); every step may be repeated, for a station that got no answer will repeat it.
 */
export class RecordTransaction extends Command<TransactionAnswer> {
  constructor(readonly received: ReceivedReport<'transaction'>) {
    super();
  }
}

@CommandHandler(RecordTransaction)
export class RecordTransactionHandler implements ICommandHandler<RecordTransaction> {
  constructor(
    private readonly live: LiveStations,
    private readonly lookup: TransactionLookup,
    private readonly judge: TokenJudge,
    private readonly reporter: TransactionReporter,
    private readonly orphans: OrphanKeeper,
  ) {}

  async execute({ received }: RecordTransaction): Promise<TransactionAnswer> {
    const { report, stationId, fingerprint } = received;
    const live = this.live.require(stationId);
    const transaction = await this.lookup.of(live, report, fingerprint);
    if (!transaction) return this.orphans.keep(live, received);
    const { transactionId } = transaction;
    if (!transaction.ended) live.transactions.set(transactionId, transaction);

    const messageId = this.reporter.messageId(received, transactionId);
    const judgement = this.judge.ofReport(live, report, transaction, messageId);
    const verdict = await this.judge.verdict(judgement, 'transaction', () =>
      this.reporter.publish(live, received, transaction, { messageId, judgement }),
    );
    if (report.phase === 'ended') await this.lookup.end(live, report, transactionId, fingerprint);
    else if (verdict) transaction.verdict = verdict;
    return { transactionId, ...(verdict && { verdict }) };
  }
}
