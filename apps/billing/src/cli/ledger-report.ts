import { type Transaction } from '@voltledger/kernel';
import { bookedText } from '../projections/ledger-text';
import { type LedgerFilter, type LedgerLine, ledgerLines } from '../projections/ledger.table';
import { csvRecord } from './csv';

/** Takes text, and says when it can take more. */
export type Write = (text: string) => Promise<void> | void;

const PAGE = 1_000;
const HEADER = [
  ...['date', 'entry_id', 'event_id', 'cdr_id', 'session_id'],
  ...['account', 'debit', 'credit', 'currency'],
];

/** Every posting as a line: dates in UTC, amounts in exact decimals. */
export async function ledgerAsCsv(
  database: Transaction,
  filter: LedgerFilter,
  write: Write,
): Promise<void> {
  await write(csvRecord(HEADER));
  for await (const page of pages(database, filter))
    await write(page.map((line) => csvRecord(fieldsOf(line))).join(''));
}

/** The same as one JSON array, one posting a line. */
export async function ledgerAsJson(
  database: Transaction,
  filter: LedgerFilter,
  write: Write,
): Promise<void> {
  let separator = '[\n';
  for await (const page of pages(database, filter)) {
    await write(separator + page.map((line) => JSON.stringify(memberOf(line))).join(',\n'));
    separator = ',\n';
  }
  await write(separator === ',\n' ? '\n]\n' : '[]\n');
}

async function* pages(database: Transaction, filter: LedgerFilter) {
  for (let after: LedgerLine | undefined; ;) {
    const page = await ledgerLines(database, filter, PAGE, after);
    if (page.length > 0) yield page;
    after = page.at(-1);
    if (page.length < PAGE) return;
  }
}

const amounts = ({ debitMicros, creditMicros, currency }: LedgerLine) => ({
  debit: bookedText(debitMicros, currency),
  credit: bookedText(creditMicros, currency),
});

function fieldsOf(line: LedgerLine): string[] {
  const { bookedAt, entryId, eventId, cdrId, sessionId, account, currency } = line;
  const { debit, credit } = amounts(line);
  const date = bookedAt.slice(0, 'YYYY-MM-DD'.length);
  return [date, entryId, eventId, cdrId, sessionId, account, debit, credit, currency];
}

const memberOf = (line: LedgerLine) => {
  const { debitMicros: _debit, creditMicros: _credit, ...rest } = line;
  return { ...rest, ...amounts(line) };
};
