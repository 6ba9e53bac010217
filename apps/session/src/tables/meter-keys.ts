import { type Instant, type Transaction } from '@voltledger/kernel';

export type KeyStatus = 'trusted' | 'offered' | 'withdrawn';

/** A public key of a meter; only `trusted` ones, which somebody vouched for, prove anything. */
export interface RegisteredKey {
  readonly keyHash: string;
  /** SubjectPublicKeyInfo, DER, hexadecimal. */
  readonly publicKey: string;
  readonly curve: string;
  readonly status: KeyStatus;
  readonly note?: string;
  readonly changedBy: string;
  readonly changedAt: Instant;
}

/** More of them for one meter are somebody's mistake, or worse. */
export const KEYS_MAX = 20;

const COLUMNS = `key_hash as "keyHash", public_key as "publicKey", curve, status, note,
  changed_by as "changedBy", changed_at as "changedAt"`;

const read = ({ note, ...row }: RegisteredKey & { note?: string | null }): RegisteredKey => ({
  ...row,
  ...(note && { note }),
});

/** A meter is known by its serial number, or its gateway's, or the station's; case is nothing. */
export async function keysOf(tx: Transaction, meterId: string): Promise<RegisteredKey[]> {
  const rows = await tx.query<RegisteredKey>(
    `select ${COLUMNS} from session.meter_keys where lower(meter_id) = lower($1)
     order by status = 'trusted' desc, changed_at desc, key_hash limit $2`,
    [meterId, KEYS_MAX * 3],
  );
  return rows.map(read);
}

export async function trustedKeys(
  tx: Transaction,
  meterIds: readonly string[],
): Promise<RegisteredKey[]> {
  if (meterIds.length === 0) return [];
  const rows = await tx.query<RegisteredKey>(
    `select distinct on (key_hash) ${COLUMNS} from session.meter_keys
     where lower(meter_id) = any($1::text[]) and status = 'trusted' order by key_hash limit $2`,
    [meterIds.map((id) => id.toLowerCase()), KEYS_MAX * 3],
  );
  return rows.map(read);
}

type Registration = Omit<RegisteredKey, 'status'>;

/** These, and no others, are trusted from now on; what was trusted before stays on record. */
export async function trustKeys(
  tx: Transaction,
  meterId: string,
  keys: readonly Registration[],
  { changedBy, changedAt }: Pick<Registration, 'changedBy' | 'changedAt'>,
): Promise<void> {
  await tx.query(
    `update session.meter_keys set status = 'withdrawn', changed_by = $3, changed_at = $4
     where lower(meter_id) = lower($1) and status = 'trusted' and key_hash <> all($2::text[])`,
    [meterId, keys.map(({ keyHash }) => keyHash), changedBy, changedAt],
  );
  for (const { keyHash, publicKey, curve, note } of keys)
    await tx.query(
      `insert into session.meter_keys
         (meter_id, key_hash, public_key, curve, status, note, changed_by, changed_at)
       values ($1, $2, $3, $4, 'trusted', $5, $6, $7)
       on conflict (lower(meter_id), key_hash) do update
         set status = 'trusted', note = excluded.note, changed_by = excluded.changed_by,
             changed_at = excluded.changed_at
         where session.meter_keys.status <> 'trusted'
            or session.meter_keys.note is distinct from excluded.note`,
      [meterId, keyHash, publicKey, curve, note ?? null, changedBy, changedAt],
    );
}

/** A station sent it along: for somebody to confirm. Never changes what is known of a key. */
export async function keepOffered(
  tx: Transaction,
  meterId: string,
  { keyHash, publicKey, curve, changedBy, changedAt }: Registration,
): Promise<void> {
  await tx.query(
    `insert into session.meter_keys
       (meter_id, key_hash, public_key, curve, status, changed_by, changed_at)
     select $1, $2, $3, $4, 'offered', $5, $6
     where (select count(*) from session.meter_keys
            where lower(meter_id) = lower($1) and status = 'offered') < $7
     on conflict (lower(meter_id), key_hash) do nothing`,
    [meterId, keyHash, publicKey, curve, changedBy, changedAt, KEYS_MAX],
  );
}
