import { type Transaction } from '@voltledger/kernel';
import { type Kept } from './kept-row';

interface Columns<State> {
  readonly state: State;
  readonly through: Kept<State>['through'];
  readonly rebuild: Kept<State>['rebuild'] | null;
}

/** The row under this key, locked until the end of the transaction. */
export async function keptRow<State>(
  table: string,
  keyColumn: string,
  key: string,
  tx: Transaction,
): Promise<Kept<State> | undefined> {
  const [row] = await tx.query<Columns<State>>(
    `select state, through, rebuild from ${table} where ${keyColumn} = $1 for update`,
    [key],
  );
  return row && { state: row.state, through: row.through, rebuild: row.rebuild ?? undefined };
}

/** Values for the columns `state`, `through`, `rebuild`. */
export const keptValues = ({ state, through, rebuild }: Kept<unknown>): (string | null)[] => [
  JSON.stringify(state),
  JSON.stringify(through),
  rebuild ? JSON.stringify(rebuild) : null,
];

/** Every row is built anew from here on; what partners see stays until each is done. */
export const beginRebuild = (table: string, tx: Transaction): Promise<unknown> =>
  tx.query(
    `update ${table}
     set rebuild = jsonb_build_object('awaits', through, 'owesNews', false)`,
  );
