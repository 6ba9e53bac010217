import { type Cause, type Instant, type SessionId, type Transaction } from '@voltledger/kernel';

export type ErasureState = 'waiting' | 'erased' | 'swept' | 'completed';

/** Why a person cannot be erased yet. */
export interface ErasureReason {
  readonly code:
    'CDR_UNSETTLED' | 'CDR_UNDELIVERED' | 'DISPUTE_OPEN' | 'RETENTION' | 'SESSION_OPEN';
  readonly sessionId: SessionId;
  /** The law asks for it until then. */
  readonly until?: Instant;
}

export interface Erasure {
  readonly erasureId: string;
  readonly state: ErasureState;
  /** Sealed; see `subject.events`. */
  readonly personal: string;
  readonly sessionIds: readonly SessionId[];
  readonly reasons: readonly ErasureReason[];
  readonly askedBy: string;
  readonly askedAt: Instant;
  readonly erasedAt: Instant | null;
  readonly completedAt: Instant | null;
  readonly cause: Cause;
}

interface Row extends Omit<Erasure, 'cause'>, Pick<Cause, 'correlationId' | 'region' | 'tenant'> {}

const SELECTED = `select erasure_id as "erasureId", state, personal, session_ids as "sessionIds",
    reasons, asked_by as "askedBy", asked_at as "askedAt", erased_at as "erasedAt",
    completed_at as "completedAt", correlation_id as "correlationId", tenant, region
  from billing.erasures`;

const erasureOf = ({ correlationId, tenant, region, ...erasure }: Row): Erasure => ({
  ...erasure,
  cause: { causationId: erasure.erasureId, correlationId, tenant, region },
});

/** Asked for twice with one idempotency key, it is one. */
export async function askErasure(
  tx: Transaction,
  { erasureId, personal, askedBy, askedAt, cause }: Erasure,
): Promise<void> {
  await tx.query(
    `insert into billing.erasures
       (erasure_id, state, personal, asked_by, asked_at, correlation_id, tenant, region)
     values ($1, 'waiting', $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [
      ...[erasureId, personal, askedBy, askedAt],
      ...[cause.correlationId, cause.tenant, cause.region],
    ],
  );
}

export async function erasureById(tx: Transaction, id: string): Promise<Erasure | undefined> {
  const [row] = await tx.query<Row>(`${SELECTED} where erasure_id = $1`, [id]);
  return row && erasureOf(row);
}

export async function listErasures(
  tx: Transaction,
  limit: number,
  after?: string,
): Promise<Erasure[]> {
  const rows = await tx.query<Row>(
    `${SELECTED}
     where $1::uuid is null or (asked_at, erasure_id) > (
       select asked_at, erasure_id from billing.erasures where erasure_id = $1)
     order by asked_at, erasure_id limit $2`,
    [after, limit],
  );
  return rows.map(erasureOf);
}

/** Taken for the transaction: of several workers each has others. */
export async function erasuresUnderWay(tx: Transaction, limit: number): Promise<Erasure[]> {
  const rows = await tx.query<Row>(
    `${SELECTED} where state <> 'completed' order by asked_at limit $1 for update skip locked`,
    [limit],
  );
  return rows.map(erasureOf);
}

export async function keepReasons(
  tx: Transaction,
  erasureId: string,
  reasons: readonly ErasureReason[],
): Promise<void> {
  await tx.query('update billing.erasures set reasons = $2 where erasure_id = $1', [
    erasureId,
    JSON.stringify(reasons),
  ]);
}

export async function keepErased(
  tx: Transaction,
  { erasureId, personal, sessionIds }: Pick<Erasure, 'erasureId' | 'personal' | 'sessionIds'>,
  at: Instant,
): Promise<void> {
  await tx.query(
    `update billing.erasures
     set state = 'erased', personal = $2, session_ids = $3, reasons = '[]', erased_at = $4
     where erasure_id = $1`,
    [erasureId, personal, sessionIds, at],
  );
}

export async function keepState(
  tx: Transaction,
  erasureId: string,
  state: 'swept' | 'completed',
  at: Instant,
): Promise<void> {
  await tx.query(
    `update billing.erasures set state = $2,
       completed_at = case when $2 = 'completed' then $3::timestamptz end
     where erasure_id = $1`,
    [erasureId, state, at],
  );
}

export async function keepServiceDone(
  tx: Transaction,
  done: {
    readonly erasureId: string;
    readonly pass: number;
    readonly service: string;
    readonly rows: number;
  },
): Promise<void> {
  await tx.query(
    `insert into billing.erasing_services (erasure_id, pass, service, rows)
     values ($1, $2, $3, $4) on conflict do nothing`,
    [done.erasureId, done.pass, done.service, done.rows],
  );
}

export async function servicesDone(
  tx: Transaction,
  erasureId: string,
  pass: number,
): Promise<string[]> {
  const rows = await tx.query<{ service: string }>(
    'select service from billing.erasing_services where erasure_id = $1 and pass = $2',
    [erasureId, pass],
  );
  return rows.map(({ service }) => service);
}
