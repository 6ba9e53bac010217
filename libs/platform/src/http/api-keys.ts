import { Inject, Injectable } from '@nestjs/common';
import { type Clock, DomainError, type Instant } from '@voltledger/kernel';
import { CLOCK, DATABASE, type Database } from '../tokens';
import {
  type ApiKeyParts,
  apiKeyText,
  newApiKey,
  parseApiKey,
  secretHash,
  secretMatches,
} from './api-key';
import { type Caller } from './http-message';
import { type Role } from './role';

/** A key as it may be shown: without its secret. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly createdAt: Instant;
  readonly revokedAt?: Instant;
}

/** Shown once, when it is made. */
export interface NewApiKey extends ApiKey {
  readonly key: string;
}

interface Row {
  readonly id: string;
  readonly secret_hash: Buffer;
  readonly name: string;
  readonly roles: Role[];
  readonly created_at: Instant;
  readonly revoked_at: Instant | null;
}

/** The keys of the operator API, in `platform.api_keys`. */
@Injectable()
export class ApiKeys {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Makes a key. Its text is in the result, and nowhere else. */
  async create(name: string, roles: readonly Role[]): Promise<NewApiKey> {
    const parts = newApiKey();
    const [row] = await this.insert(parts, name, roles);
    if (!row) throw new Error('a random key id was taken already');
    return { ...shown(row), key: apiKeyText(parts) };
  }

  /**
   * Keeps a key that was made elsewhere, such as one from a secret store. Safe to repeat.
   *
   * @throws RangeError when the text has not the form of a key; the text is not in the message.
   */
  async adopt(key: string, name: string, roles: readonly Role[]): Promise<void> {
    const parts = parseApiKey(key);
    if (!parts) throw new RangeError('not a key of the form vl_<16 hex digits>_<43 base64url>');
    await this.insert(parts, name, roles);
  }

  async list(): Promise<ApiKey[]> {
    const rows = await this.database.query<Row>(
      'select * from platform.api_keys order by created_at, id',
    );
    return rows.map(shown);
  }

  /** @throws DomainError API_KEY_NOT_FOUND, LAST_ADMIN_KEY. */
  async revoke(id: string): Promise<ApiKey> {
    return this.database.transaction(async (tx) => {
      const active = await tx.query<Row>(
        'select * from platform.api_keys where revoked_at is null order by id for update',
      );
      const otherAdmins = active.filter((key) => key.id !== id && key.roles.includes('admin'));
      if (active.some((key) => key.id === id) && otherAdmins.length === 0)
        throw new DomainError('LAST_ADMIN_KEY', 'This is the last key of an admin.', { id });
      const [row] = await tx.query<Row>(
        `update platform.api_keys set revoked_at = coalesce(revoked_at, $2) where id = $1
         returning *`,
        [id, this.clock()],
      );
      if (!row) throw new DomainError('API_KEY_NOT_FOUND', 'There is no such key.', { id });
      return shown(row);
    });
  }

  /** @returns undefined when the key is malformed, unknown or revoked. */
  async callerOf(key: string): Promise<Caller | undefined> {
    const parts = parseApiKey(key);
    if (!parts) return undefined;
    const [row] = await this.database.query<Row>(
      'select * from platform.api_keys where id = $1 and revoked_at is null',
      [parts.id],
    );
    if (!secretMatches(parts.secret, row?.secret_hash) || !row) return undefined;
    return { keyId: row.id, name: row.name, roles: row.roles };
  }

  private insert(
    { id, secret }: ApiKeyParts,
    name: string,
    roles: readonly Role[],
  ): Promise<Row[]> {
    return this.database.query<Row>(
      `insert into platform.api_keys (id, secret_hash, name, roles, created_at)
       values ($1, $2, $3, $4, $5) on conflict (id) do nothing returning *`,
      [id, secretHash(secret), name, roles, this.clock()],
    );
  }
}

const shown = ({ id, name, roles, created_at, revoked_at }: Row): ApiKey => ({
  id,
  name,
  roles,
  createdAt: created_at,
  ...(revoked_at && { revokedAt: revoked_at }),
});
