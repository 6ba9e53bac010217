import { type Instant, type SessionId, type Transaction } from '@voltledger/kernel';
import { type SessionChange } from './session-change';

export interface Known {
  readonly sessionId: SessionId;
  /** Of the event; a row never goes back. */
  readonly revision: number;
  readonly changedAt: Instant;
}

/** How a new value joins the one that is there; otherwise it takes its place. */
const GROWS = 'greatest(known.energy_mwh, excluded.energy_mwh)';
const ADDS = 'array(select distinct unnest(known.doubts || excluded.doubts) order by 1)';

/** Writes what an event changes, in one statement. An event already in the row changes nothing. */
export async function keepChange(
  tx: Transaction,
  { sessionId, revision, changedAt }: Known,
  { set, doubt, atLeast }: SessionChange,
): Promise<void> {
  const row: Record<string, unknown> = {
    ...{ session_id: sessionId, status: 'announced', revision, changed_at: changedAt },
    ...(doubt !== undefined && { doubts: [doubt] }),
    ...(atLeast !== undefined && { energy_mwh: atLeast }),
    ...set,
  };
  const columns = Object.keys(row);
  const updates = columns
    .filter((column) => column !== 'session_id' && (column !== 'status' || 'status' in set))
    .map((column) => `${column} = ${joined(column, atLeast !== undefined)}`);
  await tx.query(
    `insert into session.sessions as known (${columns.join(', ')})
     values (${columns.map((_column, index) => `$${index + 1}`).join(', ')})
     on conflict (session_id) do update set ${updates.join(', ')}
     where known.revision < excluded.revision`,
    Object.values(row),
  );
}

function joined(column: string, grows: boolean): string {
  if (column === 'doubts') return ADDS;
  return column === 'energy_mwh' && grows ? GROWS : `excluded.${column}`;
}
