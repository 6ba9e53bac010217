import { type SessionId, type Transaction } from '@voltledger/kernel';
import { type DifferenceProgress } from './session-differences';

/** A session whose new price is to be told, as it was approved. */
export interface DueSession {
  readonly sessionId: SessionId;
  readonly throughRevision: number;
  readonly beforeTaxes: number;
  readonly afterTaxes: number | null;
}

export function sessionsToTell(
  tx: Transaction,
  reratingId: string,
  limit: number,
): Promise<DueSession[]> {
  return tx.query<DueSession>(
    `select session_id as "sessionId", through_revision as "throughRevision",
       becomes_before_taxes as "beforeTaxes", becomes_after_taxes as "afterTaxes"
     from tariff.session_differences where work_id = $1 and progress = 'due'
     order by session_id limit $2`,
    [reratingId, limit],
  );
}

/** Where a session of a re-rating stands now, and why. */
export interface SessionStep {
  readonly sessionId: SessionId;
  readonly progress: DifferenceProgress;
  readonly answer?: object | undefined;
}

export async function keepSteps(
  tx: Transaction,
  reratingId: string,
  steps: readonly SessionStep[],
): Promise<void> {
  await tx.query(
    `update tariff.session_differences d set progress = given.progress, answer = given.answer
     from jsonb_to_recordset($2::jsonb) as given("sessionId" uuid, progress text, answer jsonb)
     where d.work_id = $1 and d.session_id = given."sessionId"`,
    [reratingId, JSON.stringify(steps)],
  );
}

/** Whether any session waits for billing's answer. */
export async function isAwaitingAnswers(tx: Transaction, reratingId: string): Promise<boolean> {
  const [row] = await tx.query<{ waiting: boolean }>(
    `select exists(select from tariff.session_differences
       where work_id = $1 and progress = 'published') as waiting`,
    [reratingId],
  );
  return row?.waiting ?? false;
}
