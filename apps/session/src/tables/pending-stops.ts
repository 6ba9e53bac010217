import { type Instant, type SessionId, type Transaction } from '@voltledger/kernel';

/** To be committed before the station is asked: it answers with the command's id only. */
export async function keepStop(
  tx: Transaction,
  commandId: string,
  sessionId: SessionId,
  askedAt: Instant,
): Promise<void> {
  await tx.query(
    `insert into session.pending_stops (command_id, session_id, asked_at) values ($1, $2, $3)
     on conflict (command_id) do nothing`,
    [commandId, sessionId, askedAt],
  );
}

export async function sessionToStop(
  tx: Transaction,
  commandId: string,
): Promise<SessionId | undefined> {
  const [row] = await tx.query<{ session_id: SessionId }>(
    `select session_id from session.pending_stops where command_id = $1`,
    [commandId],
  );
  return row?.session_id;
}
