import { type OutgoingMessage, type Transaction } from '@voltledger/kernel';
import { type Connections, PgTransaction, refusedByServer } from '../database';
import { Batcher, type Place } from '../log';
import { type BusMessage, Posting } from './bus-message';

const PUBLISH = 'select * from bus.publish($1, $2)';
/** Calls that may wait; above it, publishing is refused instead of eating memory. */
const WAITING_MAX = 20_000;

/**
 * Appends to the log. Those who publish at the same time share one statement; those who publish in
 * a transaction share one at its end.
 *
 * When the connection breaks in the middle, publishing fails although the messages may be there:
 * whoever then publishes again doubles them, with the same ids.
 */
export class Publisher {
  private readonly pending = new WeakMap<PgTransaction, OutgoingMessage[]>();
  private readonly batcher: Batcher<readonly OutgoingMessage[], undefined>;

  constructor(
    private readonly connections: Connections,
    private readonly wrote: (
      places: readonly Place[],
      messages: () => readonly BusMessage[],
    ) => void,
  ) {
    this.batcher = new Batcher((calls) => this.write(calls), refusedByServer, WAITING_MAX);
  }

  async publish(messages: readonly OutgoingMessage[], tx?: Transaction): Promise<void> {
    if (messages.length === 0) return;
    if (tx) this.publishWith(tx, messages);
    else await this.batcher.submit(messages);
  }

  private async write(calls: readonly (readonly OutgoingMessage[])[]): Promise<undefined[]> {
    const posting = new Posting(calls.flat());
    const reached = await this.connections.query<Place>(PUBLISH, posting.parameters());
    this.wrote(reached, () => posting.posted(reached));
    return calls.map(() => undefined);
  }

  private publishWith(tx: Transaction, messages: readonly OutgoingMessage[]): void {
    if (!(tx instanceof PgTransaction))
      throw new Error('this bus can only publish in transactions of its own database');
    const gathered = this.pending.get(tx);
    if (gathered) {
      gathered.push(...messages);
      return;
    }
    const all = [...messages];
    this.pending.set(tx, all);
    tx.atEnd(this, () => {
      const posting = new Posting(all);
      return {
        sql: PUBLISH,
        parameters: posting.parameters(),
        committed: (rows) => {
          const reached = rows as readonly Place[];
          this.wrote(reached, () => posting.posted(reached));
        },
      };
    });
  }
}
