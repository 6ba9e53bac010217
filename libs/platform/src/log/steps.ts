import {
  type Connections,
  type LastStatement,
  type PgTransaction,
  refusedByServer,
} from '../database';
import { Batcher } from './batcher';
import { NO_LONGER_OURS } from './log-tables';
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
   * At the end of what `tx` does; where that is nothing, together with what others have to write
   * down right now.
   *
   * @throws NoLongerOurs, or the commit fails with what `lostOurSlot` knows.
   */
  async keep(steps: readonly Step[], tx: PgTransaction): Promise<void> {
    if (tx.used) tx.atEnd(this, () => this.statement(steps));
    else if (!(await this.batcher.submit(steps)))
      throw new NoLongerOurs(`${steps[0]?.reader ?? 'a slot'} is read by another member`);
  }

  private statement(steps: readonly Step[]): LastStatement {
    return {
      sql: `select ${this.schema}.keep_steps($1, $2, $3, $4, $5, $6)`,
      parameters: [this.member, ...columnsOf(steps)],
    };
  }

  /** @returns for each call, whether all of its steps were ours to make. */
  private async keepAll(calls: readonly (readonly Step[])[]): Promise<boolean[]> {
    const kept = await this.connections.query<{ call: number }>(
      `update ${this.schema}.offsets o set position = t.reached
         from unnest($2::text[], $3::text[], $4::smallint[], $5::bigint[], $6::bigint[], $7::int[])
           as t (reader, topic, partition, stood, reached, call)
        where o.owner = $1 and o.position = t.stood and o.reader = t.reader
          and o.topic = t.topic and o.partition = t.partition
       returning t.call`,
      [this.member, ...columnsOf(calls.flat()), calls.flatMap((call, nth) => call.map(() => nth))],
    );
    const counts = calls.map(() => 0);
    for (const { call } of kept) counts[call] = (counts[call] ?? 0) + 1;
    return calls.map((call, nth) => counts[nth] === call.length);
  }
}

const columnsOf = (steps: readonly Step[]): unknown[] => [
  steps.map(({ reader }) => reader),
  steps.map(({ topic }) => topic),
  steps.map(({ partition }) => partition),
  steps.map(({ from }) => from),
  steps.map(({ to }) => to),
];

/** Whether work failed because a slot was no longer ours. */
export const lostOurSlot = (error: unknown): boolean =>
  error instanceof NoLongerOurs ||
  (error instanceof Error && 'code' in error && error.code === NO_LONGER_OURS);
