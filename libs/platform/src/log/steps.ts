import { type Connections, type PgTransaction, refusedByServer } from '../database';
import { Batcher } from './batcher';
import { type Slot } from './partitions';

/** Somebody else reads this slot now. What was done here in the meantime is undone. */
export class NoLongerOurs extends Error {
  override readonly name = 'NoLongerOurs';
}

/** From where a reader stood to where it stands now. */
export interface Step extends Slot {
  readonly reader: string;
  readonly from: number;
  readonly to: number;
}

/** Writes down the steps that a lane makes. */
export interface StepKeeper<Entry> {
  /**
   * In `tx`, or as soon as nothing else is to be done in it.
   *
   * @param entries those stepped over.
   * @throws NoLongerOurs
   */
  keep(steps: readonly Step[], tx: PgTransaction, entries: readonly Entry[]): Promise<void>;
}

/** Writes down how far this member's readers have come: only while a slot is still theirs. */
export class Steps implements StepKeeper<unknown> {
  private readonly batcher: Batcher<readonly Step[], boolean>;

  constructor(
    private readonly connections: Connections,
    private readonly schema: string,
    private readonly member: string,
  ) {
    this.batcher = new Batcher((calls) => this.keepAll(calls), refusedByServer);
  }

  /**
   * Together with what `tx` has done; where that is nothing, together with what others have to
   * write down right now.
   *
   * @throws NoLongerOurs
   */
  async keep(steps: readonly Step[], tx: PgTransaction): Promise<void> {
    const [kept] = tx.begun ? await this.keepAll([steps], tx) : [await this.batcher.submit(steps)];
    if (!kept) throw new NoLongerOurs(`${steps[0]?.reader ?? 'a slot'} is read by another member`);
  }

  /** @returns for each call, whether all of its steps were ours to make. */
  private async keepAll(
    calls: readonly (readonly Step[])[],
    by: Connections | PgTransaction = this.connections,
  ): Promise<boolean[]> {
    const steps = calls.flatMap((call, nth) => call.map((step) => ({ ...step, call: nth })));
    const kept = await by.prepared<{ call: number }>(
      `${this.schema}.keep_steps`,
      `update ${this.schema}.offsets o set position = t.reached
         from unnest($2::int[], $3::text[], $4::text[], $5::smallint[], $6::bigint[], $7::bigint[])
           as t (call, reader, topic, partition, stood, reached)
        where o.owner = $1 and o.position = t.stood and o.reader = t.reader
          and o.topic = t.topic and o.partition = t.partition
       returning t.call`,
      [
        this.member,
        steps.map(({ call }) => call),
        steps.map(({ reader }) => reader),
        steps.map(({ topic }) => topic),
        steps.map(({ partition }) => partition),
        steps.map(({ from }) => from),
        steps.map(({ to }) => to),
      ],
    );
    const counts = calls.map(() => 0);
    for (const { call } of kept) counts[call] = (counts[call] ?? 0) + 1;
    return calls.map((call, nth) => counts[nth] === call.length);
  }
}
