import { type Revision, type SessionId, type Transaction } from '@voltledger/kernel';

/** What a session's price is made of, as it is told; packed into one row once the session is over. */
export async function keepMark(
  tx: Transaction,
  sessionId: SessionId,
  revision: Revision,
  mark: object,
): Promise<void> {
  await tx.query(
    `insert into tariff.session_marks (session_id, revision, mark) values ($1, $2, $3)
     on conflict do nothing`,
    [sessionId, revision, mark],
  );
}

/** In the order of the session's own events; only those before `until`, where it is given. */
export async function marksOf<Mark>(
  tx: Transaction,
  sessionId: SessionId,
  until?: Revision,
): Promise<Mark[]> {
  const rows = await tx.query<{ mark: Mark }>(
    `select mark from tariff.session_marks where session_id = $1 and ($2::bigint is null or revision < $2)
     order by revision`,
    [sessionId, until ?? null],
  );
  return rows.map(({ mark }) => mark);
}

/** They are in the session's own row by now. */
export async function dropMarks(tx: Transaction, sessionId: SessionId): Promise<void> {
  await tx.query('delete from tariff.session_marks where session_id = $1', [sessionId]);
}
