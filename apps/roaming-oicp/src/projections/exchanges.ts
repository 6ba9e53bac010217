import { Inject, Injectable } from '@nestjs/common';
import { type Instant } from '@voltledger/kernel';
import { DATABASE, type Database } from '@voltledger/platform';

/** One request and its answer, either way, as it may be looked at. */
export interface NewExchange {
  readonly at: Instant;
  readonly direction: 'out' | 'in';
  readonly operation: string;
  readonly path: string;
  readonly oicpSessionId?: string | undefined;
  readonly status?: number | undefined;
  readonly code: string;
  readonly succeeded: boolean;
  /** Hubject's own reference; its support asks for it (OICP-TRN-10). */
  readonly processId?: string | undefined;
  readonly durationMs: number;
  readonly correlationId?: string | undefined;
  /** Without personal ids. */
  readonly request: unknown;
  readonly answer?: unknown;
}

export interface Exchange extends NewExchange {
  readonly exchangeId: number;
}

export interface ExchangeFilter {
  readonly operation?: string | undefined;
  readonly oicpSessionId?: string | undefined;
  readonly failed?: boolean | undefined;
  readonly before?: number | undefined;
}

const COLUMNS = `exchange_id as "exchangeId", at, direction, operation, path,
  oicp_session_key as "oicpSessionId", status, code, succeeded, process_id as "processId",
  duration_ms as "durationMs", correlation_id as "correlationId", request, answer`;

/** The table `exchanges`: the audit trail of the connection (OICP-TRN-18). */
@Injectable()
export class Exchanges {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async add(exchange: NewExchange): Promise<void> {
    await this.database.query(
      `insert into roaming_oicp.exchanges
         (at, direction, operation, path, oicp_session_key, status, code, succeeded, process_id,
          duration_ms, correlation_id, request, answer)
       values ($1, $2, $3, $4, lower($5), $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        exchange.at,
        exchange.direction,
        exchange.operation,
        exchange.path,
        exchange.oicpSessionId ?? null,
        exchange.status ?? null,
        exchange.code,
        exchange.succeeded,
        exchange.processId ?? null,
        exchange.durationMs,
        exchange.correlationId ?? null,
        JSON.stringify(exchange.request ?? null),
        JSON.stringify(exchange.answer ?? null),
      ],
    );
  }

  /** Newest first. */
  async list(filter: ExchangeFilter, limit: number): Promise<Exchange[]> {
    return this.database.query<Exchange>(
      `select ${COLUMNS} from roaming_oicp.exchanges
       where ($1::text is null or operation = $1)
         and ($2::text is null or oicp_session_key = lower($2))
         and ($3::boolean is null or succeeded <> $3)
         and ($4::bigint is null or exchange_id < $4)
       order by exchange_id desc limit $5`,
      [
        filter.operation ?? null,
        filter.oicpSessionId ?? null,
        filter.failed ?? null,
        filter.before ?? null,
        limit,
      ],
    );
  }

  /** The newest of each operation: how the connection does. */
  async newest(operations: readonly string[]): Promise<Exchange[]> {
    return this.database.query<Exchange>(
      `select ${COLUMNS.replace('operation', 'newest.operation')} from unnest($1::text[]) as name
       cross join lateral (select * from roaming_oicp.exchanges where operation = name
                           order by exchange_id desc limit 1) as newest`,
      [operations],
    );
  }

  async forget(before: Instant): Promise<void> {
    await this.database.query('delete from roaming_oicp.exchanges where at < $1', [before]);
  }
}
