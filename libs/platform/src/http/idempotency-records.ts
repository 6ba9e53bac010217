import { Inject, Injectable } from '@nestjs/common';
import { type Transaction } from '@voltledger/kernel';
import { DATABASE, type Database } from '../tokens';

export interface IdempotentRequest {
  /** Id of the caller's key: two callers may use the same `Idempotency-Key`. */
  readonly caller: string;
  readonly key: string;
  readonly hash: string;
}

export interface RecordedAnswer {
  readonly status: number;
  readonly body: unknown;
  /** The body was not kept. */
  readonly secret: boolean;
}

export type Claim =
  | { readonly kind: 'yours' }
  | { readonly kind: 'answered'; readonly answer: RecordedAnswer }
  | { readonly kind: 'other-request' }
  | { readonly kind: 'in-work' };

interface Row {
  readonly request_hash: string;
  readonly status: number | null;
  readonly answer: unknown;
  readonly secret: boolean;
  readonly abandoned: boolean;
}

/** After a crash the next repeat takes the request over; longer than any handler may take. */
const IN_WORK = '2 minutes';
const KEPT = '24 hours';

/** Requests with an `Idempotency-Key`, and what was answered: `platform.idempotency_keys`. */
@Injectable()
export class IdempotencyRecords {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Decides who works on a request; of several at once, exactly one. */
  claim({ caller, key, hash }: IdempotentRequest): Promise<Claim> {
    return this.database.transaction(async (tx) => {
      const fresh = await tx.query(
        `insert into platform.idempotency_keys as known
           (caller, key, request_hash, in_work_until, expires_at)
         values ($1, $2, $3, now() + interval '${IN_WORK}', now() + interval '${KEPT}')
         on conflict (caller, key) do update
           set request_hash = excluded.request_hash, status = null, answer = null, secret = false,
               in_work_until = excluded.in_work_until, expires_at = excluded.expires_at
           where known.expires_at < now()
         returning 1`,
        [caller, key, hash],
      );
      return fresh.length > 0 ? { kind: 'yours' } : known(tx, { caller, key, hash });
    });
  }

  async keep({ caller, key, hash }: IdempotentRequest, answer: RecordedAnswer): Promise<void> {
    await this.database.query(
      `update platform.idempotency_keys set status = $4, answer = $5, secret = $6
       where caller = $1 and key = $2 and request_hash = $3`,
      [caller, key, hash, answer.status, JSON.stringify(answer.body ?? null), answer.secret],
    );
  }

  /** Nothing was done: the same key may try again. */
  async release({ caller, key, hash }: IdempotentRequest): Promise<void> {
    await this.database.query(
      `delete from platform.idempotency_keys
       where caller = $1 and key = $2 and request_hash = $3 and status is null`,
      [caller, key, hash],
    );
  }

  /** Forgets what expired, at most `limit` rows. @returns how many. */
  async forgetExpired(limit: number): Promise<number> {
    const gone = await this.database.query(
      `delete from platform.idempotency_keys where (caller, key) in (
         select caller, key from platform.idempotency_keys where expires_at < now()
         order by expires_at limit $1 for update skip locked)
       returning 1`,
      [limit],
    );
    return gone.length;
  }
}

async function known(tx: Transaction, { caller, key, hash }: IdempotentRequest): Promise<Claim> {
  const [row] = await tx.query<Row>(
    `select request_hash, status, answer, secret, in_work_until < now() as abandoned
     from platform.idempotency_keys where caller = $1 and key = $2 for update`,
    [caller, key],
  );
  if (!row) return { kind: 'in-work' };
  if (row.request_hash !== hash) return { kind: 'other-request' };
  if (row.status !== null)
    return {
      kind: 'answered',
      answer: { status: row.status, body: row.answer, secret: row.secret },
    };
  if (!row.abandoned) return { kind: 'in-work' };
  await tx.query(
    `update platform.idempotency_keys set in_work_until = now() + interval '${IN_WORK}'
     where caller = $1 and key = $2`,
    [caller, key],
  );
  return { kind: 'yours' };
}
