import { type Currency, type Transaction } from '@voltledger/kernel';
import { bookedText } from '../projections/ledger-text';
import { type AccountBalance, trialBalance } from '../projections/ledger.table';
import { csvRecord } from './csv';

export interface TrialBalance {
  readonly accounts: readonly ReportedBalance[];
  /** Per currency; `balance` is 0 when the books balance. */
  readonly totals: readonly ReportedBalance[];
  readonly balanced: boolean;
}

interface ReportedBalance {
  readonly account: string;
  readonly debit: string;
  readonly credit: string;
  readonly balance: string;
  readonly currency: Currency;
}

export async function trialBalanceOf(
  database: Transaction,
  until: Parameters<typeof trialBalance>[1],
): Promise<TrialBalance> {
  const accounts = await trialBalance(database, until);
  const currencies = [...new Set(accounts.map(({ currency }) => currency))];
  const totals = currencies.map((currency) => totalOf(accounts, currency));
  return {
    accounts: accounts.map(reported),
    totals: totals.map(reported),
    balanced: totals.every(({ debitMicros, creditMicros }) => debitMicros === creditMicros),
  };
}

const HEADER = ['account', 'debit', 'credit', 'balance', 'currency'];

export const balanceAsCsv = ({ accounts, totals }: TrialBalance): string =>
  [
    HEADER,
    ...[...accounts, ...totals].map(({ account, debit, credit, balance, currency }) => [
      ...[account, debit, credit, balance, currency],
    ]),
  ]
    .map(csvRecord)
    .join('');

function totalOf(accounts: readonly AccountBalance[], currency: Currency): AccountBalance {
  const own = accounts.filter((each) => each.currency === currency);
  return {
    account: 'total',
    currency,
    debitMicros: own.reduce((sum, { debitMicros }) => sum + debitMicros, 0),
    creditMicros: own.reduce((sum, { creditMicros }) => sum + creditMicros, 0),
  };
}

const reported = ({
  account,
  debitMicros,
  creditMicros,
  currency,
}: AccountBalance): ReportedBalance => ({
  account,
  debit: bookedText(debitMicros, currency),
  credit: bookedText(creditMicros, currency),
  balance: bookedText(debitMicros - creditMicros, currency),
  currency,
});
