import { Inject, Injectable } from '@nestjs/common';
import { type TransactionReport } from '@voltledger/ocpp';
import { DATABASE, type Database, contentHash } from '@voltledger/platform';
import { onlyFitting } from '../domain/stop-match';
import { type LiveStation, type OpenTransaction } from '../outbound/live-stations';
import {
  type NewTransaction,
  endTransaction,
  endedBy,
  findTransaction,
  numberTransaction,
  rememberTransaction,
} from '../outbound/transactions-table';

/** Finds the transaction a report is about, and makes the row of one that is new. */
@Injectable()
export class TransactionLookup {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /**
   * Safe to repeat: the same report always finds the same transaction.
   *
   * @returns undefined for a report that fits no transaction: an orphan.
   */
  async of(
    live: LiveStation,
    report: TransactionReport,
    fingerprint: string,
  ): Promise<OpenTransaction | undefined> {
    const { transactionId, numberedBy, phase } = report;
    if (numberedBy === 'us' && phase === 'started') {
      const started = newTransaction(live, report);
      return numberTransaction(this.database, started, startKey(started));
    }
    if (transactionId === undefined) return this.nameless(live, report, fingerprint);
    if (numberedBy === 'station') {
      const known = live.transactions.get(transactionId);
      if (known && saysNothingNew(report, known)) return known;
      const row = await rememberTransaction(
        this.database,
        newTransaction(live, report),
        transactionId,
      );
      return { ...known, ...row };
    }
    return this.byId(live, transactionId);
  }

  /** A number that this station never got is somebody else's (OCPP-1.6-TX-09). */
  async byId(
    { stationId, transactions }: LiveStation,
    transactionId: string,
  ): Promise<OpenTransaction | undefined> {
    return (
      transactions.get(transactionId) ?? findTransaction(this.database, stationId, transactionId)
    );
  }

  /** The first end holds; the row only says that no nameless stop can mean it any more. */
  async end(
    { stationId, transactions }: LiveStation,
    { reportedAt }: TransactionReport,
    transactionId: string,
    fingerprint: string,
  ): Promise<void> {
    const end = { endedAt: reportedAt, fingerprint };
    await endTransaction(this.database, stationId, transactionId, end);
    transactions.delete(transactionId);
  }

  /** The station never learned the number (OCPP-1.6-TX-08); a repeated stop ends the same again. */
  private async nameless(
    { stationId, transactions }: LiveStation,
    { reportedAt, meterStop }: TransactionReport,
    fingerprint: string,
  ): Promise<OpenTransaction | undefined> {
    const repeated = await endedBy(this.database, stationId, fingerprint);
    if (repeated) return repeated;
    const numbered = [...transactions.values()].filter(({ numberedBy }) => numberedBy === 'us');
    return onlyFitting(numbered, {
      endedAt: reportedAt,
      ...(meterStop !== undefined && { meterStop }),
    });
  }
}

/** A meter value costs no query. */
const saysNothingNew = (
  { phase, evse, token }: TransactionReport,
  known: OpenTransaction,
): boolean =>
  phase !== 'started' &&
  (evse === undefined || known.evse !== undefined) &&
  (token === undefined || known.tokenUid !== undefined);

const newTransaction = (
  { stationId }: LiveStation,
  { evse, token, reportedAt, meterStart }: TransactionReport,
): NewTransaction => ({
  stationId,
  startedAt: reportedAt,
  ...(evse !== undefined && { evse }),
  ...(token && { tokenUid: token.uid }),
  ...(meterStart !== undefined && { meterStart }),
});

/** What makes two starts the same one, whatever their message ids (OCPP-1.6-TX-02). */
const startKey = ({ evse, tokenUid, startedAt, meterStart }: NewTransaction): string =>
  contentHash([evse ?? null, tokenUid?.toUpperCase() ?? null, startedAt, meterStart ?? null]);
