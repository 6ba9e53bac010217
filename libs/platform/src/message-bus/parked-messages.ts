import { DomainError, type Message, type Transaction } from '@voltledger/kernel';
import { type Database } from '../tokens';

export interface ParkedMessage {
  readonly parkedId: number;
  /** Who could not read it. */
  readonly group: string;
  readonly reason: string;
  readonly message: Message;
  readonly parkedAt: string;
}

const COLUMNS = `parked_id as "parkedId", group_name as "group", reason, message,
  parked_at as "parkedAt"`;

/** Sets a message aside with its reason, in the transaction that moves the group past it. */
export async function park(
  tx: Transaction,
  group: string,
  reason: string,
  message: Message,
): Promise<void> {
  await tx.query('insert into bus.parked (group_name, reason, message) values ($1, $2, $3)', [
    group,
    // PostgreSQL keeps no such character in a text.
    reason.replaceAll('\u0000', '\ufffd'),
    message,
  ]);
}

/** Messages somebody could not read: to look at, to give again, or to drop. */
export class ParkedMessages {
  constructor(
    private readonly database: Database,
    private readonly handle: (group: string, message: Message, tx: Transaction) => Promise<void>,
  ) {}

  /** Oldest first, after `after`. */
  list(limit = 100, after = 0): Promise<ParkedMessage[]> {
    return this.database.query<ParkedMessage>(
      `select ${COLUMNS} from bus.parked where parked_id > $1 order by parked_id limit $2`,
      [after, limit],
    );
  }

  async find(parkedId: number): Promise<ParkedMessage | undefined> {
    const rows = await this.database.query<ParkedMessage>(
      `select ${COLUMNS} from bus.parked where parked_id = $1`,
      [parkedId],
    );
    return rows[0];
  }

  /**
   * Gives the message to its group once more. When the group still cannot read it, this fails with
   * the new reason and the message stays parked.
   *
   * @returns whether there was such a message.
   * @throws DomainError GROUP_NOT_HERE when another process reads for that group.
   */
  replay(parkedId: number): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const taken = await take(tx, parkedId);
      if (!taken) return false;
      await this.handle(taken.group, taken.message, tx);
      return true;
    });
  }

  /** @returns whether there was such a message. */
  discard(parkedId: number): Promise<boolean> {
    return this.database.transaction(async (tx) => (await take(tx, parkedId)) !== undefined);
  }
}

async function take(tx: Transaction, parkedId: number) {
  const rows = await tx.query<{ group: string; message: Message }>(
    `delete from bus.parked where parked_id = $1 returning group_name as "group", message`,
    [parkedId],
  );
  return rows[0];
}

export const groupNotHere = (group: string): DomainError =>
  new DomainError('GROUP_NOT_HERE', 'Another service reads for that group; ask it.', { group });
