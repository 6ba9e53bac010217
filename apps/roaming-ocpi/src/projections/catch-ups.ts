import { Injectable } from '@nestjs/common';
import { type Transaction } from '@voltledger/kernel';
import { type Partner } from './partner';
import { type PushCause } from './push-kinds';

/**
 * Held shared by whoever changes a location or tariff, exclusively by a registration. Whoever did
 * not see the new partner has committed by then, so the catch-up finds what it wrote.
 */
const EVERYTHING_PUBLIC = 7_101_202_603;

export const publicObjectChanges = (tx: Transaction): Promise<unknown> =>
  tx.query('select pg_advisory_xact_lock_shared($1)', [EVERYTHING_PUBLIC]);

/** How far a partner's catch-up has come: keys of what it was told last. */
export interface CatchUp {
  readonly partnerId: string;
  readonly causeId: string;
  readonly correlationId: string;
  readonly locationsThrough: string;
  readonly tariffsThrough: string;
  readonly sessionsTold: boolean;
}

interface Row {
  readonly partner_id: string;
  readonly cause_id: string;
  readonly correlation_id: string;
  readonly locations_through: string;
  readonly tariffs_through: string;
  readonly sessions_told: boolean;
}

/** Table `catch_ups`: partners that are to be told everything, a piece at a time. */
@Injectable()
export class CatchUps {
  async begin({ partnerId }: Partner, cause: PushCause, tx: Transaction): Promise<void> {
    await tx.query('select pg_advisory_xact_lock($1)', [EVERYTHING_PUBLIC]);
    await tx.query(
      `insert into roaming_ocpi.catch_ups (partner_id, cause_id, correlation_id)
       values ($1, $2, $3)
       on conflict (partner_id) do update set cause_id = excluded.cause_id,
         correlation_id = excluded.correlation_id, locations_through = '', tariffs_through = '',
         sessions_told = false`,
      [partnerId, cause.id, cause.correlationId],
    );
  }

  /** One that nobody else works on. */
  async take(tx: Transaction): Promise<CatchUp | undefined> {
    const [row] = await tx.query<Row>(
      'select * from roaming_ocpi.catch_ups limit 1 for update skip locked',
    );
    return (
      row && {
        partnerId: row.partner_id,
        causeId: row.cause_id,
        correlationId: row.correlation_id,
        locationsThrough: row.locations_through,
        tariffsThrough: row.tariffs_through,
        sessionsTold: row.sessions_told,
      }
    );
  }

  async keep(catchUp: CatchUp, tx: Transaction): Promise<void> {
    await tx.query(
      `update roaming_ocpi.catch_ups
       set locations_through = $2, tariffs_through = $3, sessions_told = $4 where partner_id = $1`,
      [catchUp.partnerId, catchUp.locationsThrough, catchUp.tariffsThrough, catchUp.sessionsTold],
    );
  }

  async end({ partnerId }: CatchUp, tx: Transaction): Promise<void> {
    await tx.query('delete from roaming_ocpi.catch_ups where partner_id = $1', [partnerId]);
  }
}
