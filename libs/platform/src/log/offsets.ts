import { type Transaction } from '@voltledger/kernel';
import { type Connections } from '../database';
import { PARTITIONS, type Place, type Slot, slotKey } from './partitions';

/** How far a reader has come in each slot, and which member reads it. */
export class Offsets {
  constructor(
    private readonly connections: Connections,
    private readonly schema: string,
    private readonly reader: string,
    private readonly member: string,
  ) {}

  /**
   * Begins topics that this reader has never seen, at their first entry, or behind the given ends.
   *
   * @param passing whether it is forgotten when it leaves.
   */
  async begin(topics: readonly string[], ends: readonly Place[], passing: boolean): Promise<void> {
    const starts = topics.flatMap((topic) =>
      Array.from({ length: PARTITIONS }, (_, partition) => ({
        topic,
        partition,
        position: ends.find((end) => slotKey(end) === slotKey({ topic, partition }))?.position ?? 0,
      })),
    );
    await this.connections.query(
      `insert into ${this.schema}.offsets (reader, topic, partition, position, passing)
       select $1, topic, partition, position, $5
         from unnest($2::text[], $3::smallint[], $4::bigint[]) as t (topic, partition, position)
       on conflict do nothing`,
      [this.reader, ...columns(starts, 'topic', 'partition', 'position'), passing],
    );
  }

  /** Takes over what nobody owns, or only somebody who is gone. @returns where to go on. */
  claim(
    topics: readonly string[],
    partitions: readonly number[],
    alive: readonly string[],
  ): Promise<Place[]> {
    return this.connections.query<Place>(
      `update ${this.schema}.offsets set owner = $2
        where reader = $1 and topic = any ($3) and partition = any ($4::smallint[])
          and (owner is null or owner = $2 or owner <> all ($5::uuid[]))
       returning topic, partition, position`,
      [this.reader, this.member, topics, partitions, alive],
    );
  }

  /** What is written down about these partitions. */
  look(
    topics: readonly string[],
    partitions: readonly number[],
  ): Promise<(Place & { readonly owner: string | null })[]> {
    return this.connections.query(
      `select topic, partition, position, owner from ${this.schema}.offsets
        where reader = $1 and topic = any ($2) and partition = any ($3::smallint[])`,
      [this.reader, topics, partitions],
    );
  }

  async forget(): Promise<void> {
    await this.connections.query(`delete from ${this.schema}.offsets where reader = $1`, [
      this.reader,
    ]);
  }

  async release(slots: readonly Slot[]): Promise<void> {
    await this.connections.query(
      `update ${this.schema}.offsets o set owner = null
         from unnest($3::text[], $4::smallint[]) as t (topic, partition)
        where o.reader = $1 and o.owner = $2
          and o.topic = t.topic and o.partition = t.partition`,
      [this.reader, this.member, ...columns(slots, 'topic', 'partition')],
    );
  }
}

const columns = <Row, Column extends keyof Row>(rows: readonly Row[], ...names: Column[]) =>
  names.map((name) => rows.map((row) => row[name]));

/** Sets a reader back to where everything begins, when `tx` commits. */
export async function rewind(tx: Transaction, schema: string, reader: string): Promise<void> {
  await tx.query(`update ${schema}.offsets set position = 0 where reader = $1`, [reader]);
}
