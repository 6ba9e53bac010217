import { type Transaction } from '@voltledger/kernel';
import { type Connections, type PgTransaction, refusedByServer } from '../database';
import {
  Batcher,
  NoLongerOurs,
  type Place,
  type Slot,
  type Step,
  type StepKeeper,
  slotKey,
} from '../log';
import { type KafkaEntry } from './kafka-record';
import { type Origins, type Reached } from './origins';

export interface KafkaPosition extends Place {
  readonly origins: Reached;
}

interface Kept {
  readonly steps: readonly Step[];
  readonly reached: ReadonlyMap<string, Reached>;
}

/**
 * How far a group has come in each partition of Kafka, beside what its handler wrote. A step is only
 * made from where we stood: of two members that both believe to own a partition, one fails.
 */
export class KafkaPositions implements StepKeeper<KafkaEntry> {
  private readonly batcher: Batcher<Kept, boolean>;

  constructor(
    private readonly connections: Connections,
    private readonly clusterId: string,
    private readonly group: string,
    private readonly origins: Origins,
  ) {
    this.batcher = new Batcher((calls) => this.keepAll(calls), refusedByServer);
  }

  /** Where to go on. Partitions that the group never read begin at their first record. */
  async claim(slots: readonly Slot[], source: string): Promise<KafkaPosition[]> {
    if (slots.length === 0) return [];
    const places = slots.map((slot) => ({ ...slot, position: 0 }));
    await this.begin(places, await this.knownElsewhere(slots, source), false);
    return this.look(slots);
  }

  look(slots: readonly Slot[]): Promise<KafkaPosition[]> {
    return this.connections.query<KafkaPosition>(
      `select p.topic, p.partition, p.position, p.origins
         from bus.kafka_positions p
         join unnest($3::text[], $4::int[]) as wanted (topic, partition) using (topic, partition)
        where p.cluster = $1 and p.reader = $2`,
      [
        this.clusterId,
        this.group,
        slots.map(({ topic }) => topic),
        slots.map(({ partition }) => partition),
      ],
    );
  }

  /** Begins partitions the group has never read at the given places, behind the given origins. */
  async begin(
    places: readonly Place[],
    origins: ReadonlyMap<string, Reached>,
    passing: boolean,
  ): Promise<void> {
    await this.connections.query(
      `insert into bus.kafka_positions (cluster, reader, topic, partition, position, origins, passing)
       select $1, $2, topic, partition, position, origins, $7
         from unnest($3::text[], $4::int[], $5::bigint[], $6::jsonb[])
           as t (topic, partition, position, origins)
       on conflict do nothing`,
      [
        this.clusterId,
        this.group,
        places.map(({ topic }) => topic),
        places.map(({ partition }) => partition),
        places.map(({ position }) => position),
        places.map(({ topic }) => JSON.stringify(origins.get(topic) ?? {})),
        passing,
      ],
    );
  }

  /** Sets a partition to another place: what stood between is not in Kafka. */
  async moveTo(place: Place, from: number): Promise<void> {
    await this.connections.query(
      `update bus.kafka_positions set position = $6
        where cluster = $1 and reader = $2 and topic = $3 and partition = $4 and position = $5`,
      [this.clusterId, this.group, place.topic, place.partition, from, place.position],
    );
  }

  async forget(): Promise<void> {
    await this.connections.query('delete from bus.kafka_positions where reader = $1', [this.group]);
  }

  async keep(
    steps: readonly Step[],
    tx: PgTransaction,
    entries: readonly KafkaEntry[],
  ): Promise<void> {
    const reached = this.origins.after(entries);
    const call = { steps, reached };
    const [kept] = tx.used ? await this.keepAll([call], tx) : [await this.batcher.submit(call)];
    if (!kept) throw new NoLongerOurs(`${this.group} is read by another member`);
    tx.afterCommit(() => {
      this.origins.raise(reached);
    });
  }

  /** @returns for each call, whether all of its steps were ours to make. */
  private async keepAll(
    calls: readonly Kept[],
    by: Connections | PgTransaction = this.connections,
  ): Promise<boolean[]> {
    const steps = calls.flatMap((call, nth) => call.steps.map((step) => ({ ...step, nth, call })));
    const kept = await by.query<{ nth: number }>(
      `update bus.kafka_positions p set position = t.reached, origins = p.origins || t.origins
         from unnest($3::int[], $4::text[], $5::int[], $6::bigint[], $7::bigint[], $8::jsonb[])
           as t (nth, topic, partition, stood, reached, origins)
        where p.cluster = $1 and p.reader = $2 and p.topic = t.topic
          and p.partition = t.partition and p.position = t.stood
       returning t.nth`,
      [
        this.clusterId,
        this.group,
        steps.map(({ nth }) => nth),
        steps.map(({ topic }) => topic),
        steps.map(({ partition }) => partition),
        steps.map(({ from }) => from),
        steps.map(({ to }) => to),
        steps.map((step) => JSON.stringify(step.call.reached.get(slotKey(step)) ?? {})),
      ],
    );
    const counts = calls.map(() => 0);
    for (const { nth } of kept) counts[nth] = (counts[nth] ?? 0) + 1;
    return calls.map((call, nth) => counts[nth] === call.steps.length);
  }

  /**
   * What the group has read of these topics without this cluster: from the log in the database,
   * before messages travelled over Kafka, and from clusters that are gone.
   */
  private async knownElsewhere(
    slots: readonly Slot[],
    source: string,
  ): Promise<Map<string, Reached>> {
    const rows = await this.connections.query<{ topic: string; origin: string; reached: number }>(
      `select topic, origin, max(reached)::bigint as reached from (
         select topic, $3 || '/' || partition as origin, position as reached
           from bus.offsets where reader = $2 and position > 0
         union all
         select p.topic, o.key, o.value::bigint
           from bus.kafka_positions p cross join lateral jsonb_each_text(p.origins) o
          where p.reader = $2 and p.cluster <> $1
       ) known where topic = any ($4) group by topic, origin`,
      [this.clusterId, this.group, source, [...new Set(slots.map(({ topic }) => topic))]],
    );
    const known = new Map<string, Record<string, number>>();
    for (const { topic, origin, reached } of rows)
      known.set(topic, { ...known.get(topic), [origin]: reached });
    return known;
  }
}

/** Sets a group back to the first record, when `tx` commits, in whichever cluster it reads. */
export async function rewindInKafka(tx: Transaction, group: string): Promise<void> {
  await tx.query(`update bus.kafka_positions set position = 0, origins = '{}' where reader = $1`, [
    group,
  ]);
}
