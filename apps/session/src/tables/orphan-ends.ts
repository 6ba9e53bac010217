import { type StationEvent } from '@voltledger/contracts';
import { type Instant, type Transaction } from '@voltledger/kernel';

type OrphanEnd = Extract<StationEvent, { type: 'OrphanTransactionEnded' }>['data'];

export interface KeptOrphan {
  readonly id: string;
  readonly receivedAt: Instant;
  readonly report: OrphanEnd;
}

export async function keepOrphan(tx: Transaction, { id, receivedAt, report }: KeptOrphan) {
  await tx.query(
    `insert into session.orphan_ends
       (id, station_id, transaction_id, reported_at, received_at, report)
     values ($1, $2, $3, $4, $5, $6::jsonb)
     on conflict (id) do nothing`,
    [
      ...[id, report.stationId, report.transactionId, report.reportedAt],
      ...[receivedAt, JSON.stringify(report)],
    ],
  );
}

/** The latest first. */
export async function listOrphans(
  tx: Transaction,
  after: Pick<KeptOrphan, 'id' | 'receivedAt'> | undefined,
  limit: number,
): Promise<KeptOrphan[]> {
  const rows = await tx.query<{ id: string; received_at: Instant; report: OrphanEnd }>(
    `select id, received_at, report from session.orphan_ends
     where $1::timestamptz is null or (received_at, id) < ($1, $2)
     order by received_at desc, id desc limit $3`,
    [after?.receivedAt ?? null, after?.id ?? null, limit],
  );
  return rows.map(({ received_at, ...row }) => ({ receivedAt: received_at, ...row }));
}
