import { type GroupSubscription, type Transaction } from '@voltledger/kernel';
import { type Connections } from '../database';
import { BUS_PARTITIONS } from './partition-of';
import { type Partition } from './publisher';

export interface Leased extends Partition {
  readonly position: number;
}

/** A member that is silent for this long has lost its partitions. */
export const LEASE_SECONDS = 6;
/** What a dead process leaves behind is cleared after this. */
const EPHEMERAL_HOURS = 1;

/** The connection this member listens on; while PostgreSQL shows it, the member lives. */
export const memberConnection = (member: string): string => `voltledger bus ${member}`;

const LOST = `(owner is null or lease_until < now() or not exists (
  select 1 from pg_stat_activity where application_name = 'voltledger bus ' || owner))`;

const CREATE = `insert into bus.offsets (group_name, topic, partition, position, ephemeral)
  select $1, t.topic, p.partition, case when $4 then coalesce(h.last, 0) else 0 end, $4
    from unnest($2::text[]) as t(topic)
    cross join generate_series(0, $3::int - 1) as p(partition)
    left join bus.heads h on h.topic = t.topic and h.partition = p.partition
  on conflict do nothing`;

const SEEN = `insert into bus.members (group_name, member, seen_until)
  select unnest($1::text[]), $2, now() + make_interval(secs => ${LEASE_SECONDS})
  on conflict (group_name, member) do update set seen_until = excluded.seen_until`;

const RENEW = `update bus.offsets set lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
  where owner = $1`;

const SHARES = `select o.group_name as "group",
    count(*) filter (where owner = $2)::int as mine,
    count(*) filter (where owner is distinct from $2 and ${LOST})::int as free,
    ceil(count(*)::numeric / greatest(1, (select count(*) from bus.members m
      where m.group_name = o.group_name and m.seen_until > now())))::int as share
  from bus.offsets o where o.group_name = any($1) group by o.group_name`;

const CLAIM = `update bus.offsets o
  set owner = $2, lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
  from (select topic, partition from bus.offsets
         where group_name = $1 and owner is distinct from $2 and ${LOST}
         order by random() limit $3 for update skip locked) as free
  where o.group_name = $1 and o.topic = free.topic and o.partition = free.partition
  returning o.topic, o.partition, o.position`;

const SURPLUS = `select topic, partition from bus.offsets where group_name = $1 and owner = $2
  order by topic, partition limit $3`;

const RELEASE = `update bus.offsets set owner = null, lease_until = null
  where group_name = $1 and topic = $2 and partition = $3 and owner = $4`;

const HELD = `select topic, partition, position from bus.offsets
  where group_name = $1 and topic = $2 and partition = $3 and owner = $4`;

const LEAVE = `with left_group as (delete from bus.members where member = $2 and group_name = $1)
  update bus.offsets set owner = null, lease_until = null where group_name = $1 and owner = $2`;

const BEHIND = `select o.group_name as "group", o.topic, o.partition, o.position
  from bus.offsets o join bus.heads h using (topic, partition)
  where o.owner = $1 and h.last > o.position`;

const LAG = `select o.group_name as "group", o.topic, sum(h.last - o.position)::bigint as lag
  from bus.offsets o join bus.heads h using (topic, partition)
  where o.owner = $1 group by 1, 2`;

export interface Share {
  readonly group: string;
  readonly mine: number;
  readonly free: number;
  /** Partitions for each member that is alive. */
  readonly share: number;
}

export interface Lag {
  readonly group: string;
  readonly topic: string;
  readonly lag: number;
}

/** Which member of a group reads which partition: rows, renewed while the member lives. */
export class Leases {
  constructor(
    private readonly database: Connections,
    readonly member: string,
  ) {}

  async join({ group, topics, startAt }: GroupSubscription): Promise<void> {
    const ephemeral = startAt === 'end';
    await this.database.query(CREATE, [group, topics, BUS_PARTITIONS, ephemeral]);
    await this.seen([group]);
  }

  /** Says that this member lives, and keeps what it holds. */
  async seen(groups: readonly string[]): Promise<void> {
    await this.database.query(SEEN, [groups, this.member]);
    await this.database.query(RENEW, [this.member]);
  }

  shares(groups: readonly string[]): Promise<Share[]> {
    return this.database.query<Share>(SHARES, [groups, this.member]);
  }

  claim(group: string, count: number): Promise<Leased[]> {
    return this.database.query<Leased>(CLAIM, [group, this.member, count]);
  }

  surplus(group: string, count: number): Promise<Partition[]> {
    return this.database.query<Partition>(SURPLUS, [group, this.member, count]);
  }

  async release(group: string, { topic, partition }: Partition): Promise<void> {
    await this.database.query(RELEASE, [group, topic, partition, this.member]);
  }

  /** Where the partition stands now; undefined when it is no longer ours. */
  async held(group: string, { topic, partition }: Partition): Promise<Leased | undefined> {
    const rows = await this.database.query<Leased>(HELD, [group, topic, partition, this.member]);
    return rows[0];
  }

  async leave({ group, startAt }: GroupSubscription): Promise<void> {
    await this.database.query(LEAVE, [group, this.member]);
    if (startAt === 'end')
      await this.database.query('delete from bus.offsets where group_name = $1', [group]);
  }

  /** Partitions of ours that have news: the fallback when a notification was lost. */
  behind(): Promise<(Leased & { group: string })[]> {
    return this.database.query(BEHIND, [this.member]);
  }

  lags(): Promise<Lag[]> {
    return this.database.query<Lag>(LAG, [this.member]);
  }

  async clearAbandoned(): Promise<void> {
    await this.database.query(
      `delete from bus.offsets where ephemeral
         and lease_until < now() - make_interval(hours => ${EPHEMERAL_HOURS})`,
    );
    await this.database.query(
      `delete from bus.members where seen_until < now() - make_interval(hours => 1)`,
    );
  }
}

/** Sets every partition of a group back to its start. Members notice by their offset having moved. */
export async function rewindGroup(group: string, tx: Transaction): Promise<void> {
  await tx.query('update bus.offsets set position = 0 where group_name = $1', [group]);
}
