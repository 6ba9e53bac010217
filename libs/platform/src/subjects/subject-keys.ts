import { LRUCache } from 'lru-cache';
import { type SubjectName } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { type MasterKey } from './master-key';
import { type SubjectKeyring } from './ports';
import { type SubjectKey, erasedKey, foreignKey, liveKey } from './subject-key';

const KEYS_MAX = 50_000;

interface Row {
  readonly subject_id: string;
  readonly lookup: Buffer | null;
  readonly wrapped: Buffer | null;
}

const COLUMNS = `replace(subject_id::text, '-', '') as subject_id, lookup, wrapped`;

export interface SubjectKeysOptions {
  readonly master: MasterKey;
  /** For short statements only: they wait for nothing. */
  readonly database: Transaction;
  /** How long a key may be in use here after it was destroyed elsewhere. */
  readonly keptMs: number;
}

/** The keys of persons: `subjects.keys`, and those used lately in this process's memory. */
export class SubjectKeys implements SubjectKeyring {
  private readonly names: LRUCache<SubjectName, SubjectKey>;
  private readonly ids: LRUCache<string, SubjectKey>;

  constructor(private readonly options: SubjectKeysOptions) {
    const limits = { max: KEYS_MAX, ttl: options.keptMs };
    this.names = new LRUCache(limits);
    this.ids = new LRUCache(limits);
  }

  get keptMs(): number {
    return this.options.keptMs;
  }

  ofName(name: SubjectName): SubjectKey | undefined {
    return this.names.get(name);
  }

  ofId(subjectId: string): SubjectKey | undefined {
    return this.ids.get(subjectId);
  }

  /** Fetches the keys, and makes those that are missing. Durable when it resolves. */
  async loadNames(names: readonly SubjectName[]): Promise<void> {
    const { database, master } = this.options;
    const lookups = names.map((name) => master.lookup(name));
    let rows = await this.find(lookups);
    if (rows.length < names.length) {
      await database.query(
        `insert into subjects.keys (lookup, wrapped)
         select * from unnest($1::bytea[], $2::bytea[]) as fresh (lookup, wrapped)
         order by lookup on conflict (lookup) do nothing`,
        [lookups, names.map(() => master.newWrapped())],
      );
      rows = await this.find(lookups);
    }
    const byLookup = new Map(rows.map((row) => [row.lookup?.toString('hex'), row]));
    for (const [index, name] of names.entries()) {
      const row = byLookup.get(lookups[index]?.toString('hex'));
      if (!row) throw new Error('the key of a person is neither there nor can it be made');
      this.names.set(name, this.keep(row));
    }
  }

  async loadIds(subjectIds: readonly string[]): Promise<void> {
    const rows = await this.options.database.query<Row>(
      `select ${COLUMNS} from subjects.keys where subject_id = any ($1::uuid[])`,
      [subjectIds],
    );
    for (const row of rows) this.keep(row);
    for (const subjectId of subjectIds)
      if (!this.ids.has(subjectId)) this.ids.set(subjectId, foreignKey(subjectId));
  }

  async destroy(names: readonly SubjectName[]): Promise<void> {
    await this.options.database.query(
      `insert into subjects.keys (lookup, erased_at)
       select lookup, clock_timestamp() from unnest($1::bytea[]) as gone (lookup) order by lookup
       on conflict (lookup) do update set wrapped = null,
         erased_at = coalesce(keys.erased_at, excluded.erased_at)`,
      [names.map((name) => this.options.master.lookup(name))],
    );
    this.forgetAll();
  }

  async release(names: readonly SubjectName[]): Promise<void> {
    await this.options.database.query(
      `update subjects.keys set lookup = null where lookup = any ($1) and wrapped is null`,
      [names.map((name) => this.options.master.lookup(name))],
    );
    this.forgetAll();
  }

  /** Empties the memory: a key may have been destroyed. */
  forgetAll(): void {
    this.names.clear();
    this.ids.clear();
  }

  private find(lookups: readonly Buffer[]): Promise<Row[]> {
    return this.options.database.query<Row>(
      `select ${COLUMNS} from subjects.keys where lookup = any ($1)`,
      [lookups],
    );
  }

  private keep({ subject_id: subjectId, wrapped }: Row): SubjectKey {
    const known = this.ids.get(subjectId);
    if (known && wrapped) return known;
    const key = wrapped
      ? liveKey(subjectId, this.options.master.unwrap(wrapped))
      : erasedKey(subjectId);
    this.ids.set(subjectId, key);
    return key;
  }
}
