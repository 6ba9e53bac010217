import { type Cdr, type CdrSeal, type CellEvent } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';

/** A CDR as one region published it. */
export interface RegionCdr {
  readonly region: string;
  readonly eventId: string;
  readonly cdr: Cdr;
  readonly seal: CdrSeal;
}

const START_OF_CHAIN = '0'.repeat(64);
/** Held by whoever adds a CDR: two neighbours in a chain that come at once see each other. */
const CHAINS = 7_101_202_610;

/** Once per event, however often it arrives. */
export async function keepGroupCdr(
  tx: Transaction,
  { region, eventId, cdr, seal }: RegionCdr,
): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [CHAINS]);
  const { beforeTaxes, afterTaxes } = cdr.billed;
  const added = await tx.query(
    `insert into finance.cdrs
       (region, cdr_id, event_id, session_id, evse_uid, kind, credits, currency,
        before_taxes_micros, after_taxes_micros, started_at, ended_at, issued_at, sequence,
        previous_hash, hash, link, cdr)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
     on conflict (event_id) do nothing returning 1`,
    [
      ...[region, cdr.cdrId, eventId, cdr.sessionId, cdr.place.evse.evseUid],
      ...[cdr.credits === undefined ? 'issued' : 'credit', cdr.credits, afterTaxes.currency],
      ...[beforeTaxes.micros, afterTaxes.micros, cdr.startedAt, cdr.endedAt, cdr.issuedAt],
      ...[seal.sequence, seal.previousHash, seal.hash],
      ...[seal.previousHash === START_OF_CHAIN ? 'joined' : 'awaited', cdr],
    ],
  );
  if (added.length > 0) await join(tx, region, seal.sequence);
}

/** Joins a link with the one before and the one behind it, as far as they are here. */
async function join(tx: Transaction, region: string, sequence: number): Promise<void> {
  await tx.query(
    `update finance.cdrs c
     set link = case when c.previous_hash = before.hash then 'joined' else 'broken' end
     from finance.cdrs before
     where c.region = $1 and c.sequence between $2::bigint and $2::bigint + 1
       and before.region = $1 and before.sequence = c.sequence - 1`,
    [region, sequence],
  );
}

/** Every home that its EVSEs ever had, so that a session finds the one of its time. */
export async function keepHome(
  tx: Transaction,
  { evseUids, home: { region, epoch }, at }: CellEvent['data'],
): Promise<void> {
  await tx.query(
    `insert into finance.evse_homes (evse_uid, epoch, region, moved_at)
     select evse_uid, $2, $3, $4 from unnest($1::text[]) evse_uid
     on conflict do nothing`,
    [evseUids, epoch, region, at],
  );
}
