import { type Connections } from '../database';
import { PARTITIONS, partitionOf } from './partitions';

/** Without a sign of life for so long, a member whose connection still stands is taken for dead. */
const DEAD_AFTER_SECONDS = 5;

/** Who reads with us: the members of each reader, ourselves among them, in the same order for all. */
export type Members = ReadonlyMap<string, readonly string[]>;

export interface Presence {
  readonly members: Members;
  /** No other process reads or listens here. */
  readonly alone: boolean;
}

/**
 * The partitions that are `member`'s: shared out evenly, the same way by everybody who knows the
 * same members. Readers begin at different members, so that each gets its share of the whole.
 */
export function sharesOf(reader: string, member: string, members: readonly string[]): number[] {
  const place = members.indexOf(member);
  const first = partitionOf(reader);
  return Array.from({ length: PARTITIONS }, (_, partition) => partition).filter(
    (partition) => place >= 0 && (partition + first) % members.length === place,
  );
}

/** The members of a log's readers, as the database knows them. */
export class Membership {
  constructor(
    private readonly connections: Connections,
    private readonly schema: string,
    readonly member: string,
  ) {}

  /** Tells that we are there, and finds out who else is. */
  async beat(readers: readonly string[], backend: number): Promise<Presence> {
    const rows = await this.connections.query<{ reader: string; member: string }>(
      `with here as (
         insert into ${this.schema}.members (reader, member, backend, seen_at)
         select reader, $2, $3, clock_timestamp() from unnest($1::text[]) as reader
         on conflict (reader, member)
           do update set seen_at = excluded.seen_at, backend = excluded.backend
       )
       select reader, member from ${this.schema}.members
        where seen_at > clock_timestamp() - make_interval(secs => $4)
          and backend in (select pid from pg_stat_activity)`,
      [readers, this.member, backend, DEAD_AFTER_SECONDS],
    );
    const members = new Map(
      readers.map((reader) => {
        const others = rows.filter((row) => row.reader === reader).map(({ member }) => member);
        return [reader, [...new Set([...others, this.member])].sort()] as const;
      }),
    );
    return { members, alone: rows.every(({ member }) => member === this.member) };
  }

  async leave(reader: string): Promise<void> {
    await this.connections.query(
      `delete from ${this.schema}.members where reader = $1 and member = $2`,
      [reader, this.member],
    );
  }

  /** Rows of members that are long gone, and of passing readers that left without a word. */
  async tidy(): Promise<void> {
    await this.connections.query(
      `delete from ${this.schema}.members where seen_at < clock_timestamp() - interval '1 hour'`,
    );
    await this.connections.query(
      `delete from ${this.schema}.offsets o where o.passing and not exists (
         select 1 from ${this.schema}.members m where m.reader = o.reader)`,
    );
  }
}
