import { type Tariff } from '@voltledger/contracts';
import { type Instant, type TariffId, type Transaction } from '@voltledger/kernel';

export interface TariffRow {
  readonly tariff: Tariff;
  readonly version: number;
  readonly publishedAt: Instant;
  readonly withdrawnAt?: Instant | undefined;
}

interface Columns {
  readonly tariff: Tariff;
  readonly version: number;
  readonly published_at: Instant;
  readonly withdrawn_at: Instant | null;
}

const keyOf = (tariffId: string): string => tariffId.toLowerCase();

const rowOf = ({ tariff, version, published_at, withdrawn_at }: Columns): TariffRow => ({
  ...{ tariff, version, publishedAt: published_at },
  ...(withdrawn_at !== null && { withdrawnAt: withdrawn_at }),
});

/** Safe to repeat, and in any order of versions. */
export async function keepTariff(tx: Transaction, tariff: Tariff, version: number): Promise<void> {
  const key = keyOf(tariff.tariffId);
  await tx.query(
    `insert into tariff.tariff_versions (tariff_key, version, tariff, published_at)
     values ($1, $2, $3, $4) on conflict do nothing`,
    [key, version, tariff, tariff.updatedAt],
  );
  await tx.query(
    `insert into tariff.tariffs (tariff_key, version) values ($1, $2)
     on conflict (tariff_key) do update set version = $2, withdrawn_at = null
     where tariff.tariffs.version < $2`,
    [key, version],
  );
}

/** A version published since then is not taken back by an older withdrawal. */
export async function keepWithdrawal(
  tx: Transaction,
  tariffId: TariffId,
  at: Instant,
): Promise<void> {
  await tx.query(
    `update tariff.tariffs t set withdrawn_at = $2 where tariff_key = $1 and not exists (
       select from tariff.tariff_versions v
       where v.tariff_key = t.tariff_key and v.version = t.version and v.published_at > $2)`,
    [keyOf(tariffId), at],
  );
}

/** Every version of these tariffs; a withdrawal stands with the last. */
export async function versionsOf(
  tx: Transaction,
  tariffIds: readonly string[],
): Promise<TariffRow[]> {
  const rows = await tx.query<Columns>(
    `select v.tariff, v.version, v.published_at,
       case when v.version = t.version then t.withdrawn_at end as withdrawn_at
     from tariff.tariff_versions v join tariff.tariffs t using (tariff_key)
     where tariff_key = any($1) order by tariff_key, v.version`,
    [tariffIds.map(keyOf)],
  );
  return rows.map(rowOf);
}

/** The last version of each, in the order of their keys. */
export async function listTariffs(
  tx: Transaction,
  limit: number,
  after = '',
): Promise<TariffRow[]> {
  const rows = await tx.query<Columns>(
    `select v.tariff, v.version, v.published_at, t.withdrawn_at
     from tariff.tariffs t join tariff.tariff_versions v using (tariff_key, version)
     where tariff_key > $1 order by tariff_key limit $2`,
    [keyOf(after), limit],
  );
  return rows.map(rowOf);
}

export async function tariffVersion(
  tx: Transaction,
  tariffId: TariffId,
  version?: number,
): Promise<TariffRow | undefined> {
  const rows = await versionsOf(tx, [tariffId]);
  return version === undefined ? rows.at(-1) : rows.find((row) => row.version === version);
}
