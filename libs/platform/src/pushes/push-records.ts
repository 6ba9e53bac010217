import { DomainError, type Instant } from '@voltledger/kernel';
import { type Database } from '../tokens';
import { type Page, page } from '../http/page-of';
import { type PushAttempt, type PushState } from './push';
import { pushTable } from './push-table';

export interface PushRecord {
  readonly id: string;
  readonly partner: string;
  readonly objectKey: string;
  readonly kind: string;
  readonly state: PushState;
  readonly enqueuedAt: Instant;
  /** Of what waits: when it is tried next. */
  readonly dueAt?: Instant;
  readonly attempts: number;
  readonly settledAt?: Instant;
  readonly reference?: string;
  readonly code?: string;
  readonly detail?: string;
  readonly supersededBy?: string;
  readonly correlationId: string;
}

export interface PushDetails extends PushRecord {
  readonly payload: unknown;
  /** The last ten tries, with the partner's answers. */
  readonly history: readonly PushAttempt[];
}

export interface PushFilter {
  readonly state?: PushState;
  readonly partner?: string;
  readonly objectKey?: string;
  readonly limit: number;
  readonly after?: string;
}

/** As selected; `null` where there is nothing. */
type Row = { readonly [Key in keyof PushDetails]-?: PushDetails[Key] | null } & {
  readonly seq: number;
};

const COLUMNS = `seq, id, partner, object_key as "objectKey", kind, state,
  enqueued_at as "enqueuedAt", case when state = 'pending' then due_at end as "dueAt", attempts,
  settled_at as "settledAt", reference, code, detail, superseded_by as "supersededBy",
  correlation_id as "correlationId"`;

const shown = ({ seq: _position, ...row }: Row): PushDetails =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as never;

/** Pushes as an operator looks at them. */
export class PushRecords {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    schema: string,
  ) {
    this.table = pushTable(schema);
  }

  /** In the order they were enqueued. */
  async list({ state, partner, objectKey, limit, after }: PushFilter): Promise<Page<PushRecord>> {
    const rows = await this.database.query<Row>(
      `select ${COLUMNS} from ${this.table}
       where ($1::text is null or state = $1) and ($2::text is null or partner = $2)
         and ($3::text is null or object_key = $3) and seq > $4
       order by seq limit $5`,
      [state ?? null, partner ?? null, objectKey ?? null, after ?? 0, limit + 1],
    );
    return page(rows, limit, ({ seq }) => String(seq), shown);
  }

  /** @throws DomainError PUSH_NOT_FOUND */
  async show(id: string): Promise<PushDetails> {
    const [row] = await this.database.query<Row>(
      `select ${COLUMNS}, payload, history from ${this.table} where id = $1`,
      [id],
    );
    if (!row) throw new DomainError('PUSH_NOT_FOUND', 'There is no such push.', { id });
    return shown(row);
  }
}
