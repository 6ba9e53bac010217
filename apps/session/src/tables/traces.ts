import { type Instant, type Transaction } from '@voltledger/kernel';

/**
 * What was remembered of each of our questions and commands so that an answer finds it, and why it
 * may go: nobody answers any more.
 */
const TRACES = [
  ['authorization_requests', 'request_id', 'until is null'],
  ['pending_starts', 'start_id', 'closed'],
  ['pending_stops', 'command_id', 'true'],
] as const;

/** @returns how many are gone, at most `limit` of each kind. */
export async function forgetTraces(
  tx: Transaction,
  before: Instant,
  limit: number,
): Promise<number> {
  let gone = 0;
  for (const [table, id, settled] of TRACES) {
    const rows = await tx.query(
      `delete from session.${table} where ${id} in (
         select ${id} from session.${table}
         where asked_at < $1 and ${settled} order by asked_at limit $2 for update skip locked)
       returning 1`,
      [before, limit],
    );
    gone += rows.length;
  }
  return gone;
}
