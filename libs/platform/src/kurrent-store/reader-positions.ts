import { type Position } from '@kurrent/kurrentdb-client';
import { type Connections, type PgTransaction } from '../database';
import { NoLongerOurs } from '../log';

/** Without a sign of life for so long, another process may take over. */
const LEASE_SECONDS = 10;

interface Row {
  readonly commit: string;
  readonly prepare: string;
}

export const NOTHING_READ: Position = { commit: 0n, prepare: 0n };

/** How far a reader has come, beside what its handler wrote, and whose turn it is to read. */
export class ReaderPositions {
  constructor(
    private readonly connections: Connections,
    private readonly installation: string,
    private readonly reader: string,
    private readonly member: string,
  ) {}

  /** Takes the reader over when it is nobody's. @returns where to go on; undefined: it is not ours. */
  async claim(): Promise<Position | undefined> {
    const [row] = await this.connections.query<Row>(
      `insert into event_store.kurrent_readers as r
         (installation, reader, commit_position, prepare_position, owner, leased_until)
       values ($1, $2, 0, 0, $3, clock_timestamp() + make_interval(secs => $4))
       on conflict (installation, reader) do update
         set owner = excluded.owner, leased_until = excluded.leased_until
         where r.owner is null or r.owner = excluded.owner or r.leased_until < clock_timestamp()
       returning commit_position::text as commit, prepare_position::text as prepare`,
      [this.installation, this.reader, this.member, LEASE_SECONDS],
    );
    return row && { commit: BigInt(row.commit), prepare: BigInt(row.prepare) };
  }

  /** @throws NoLongerOurs */
  async renew(): Promise<void> {
    const kept = await this.connections.query(
      `update event_store.kurrent_readers
          set leased_until = clock_timestamp() + make_interval(secs => $4)
        where installation = $1 and reader = $2 and owner = $3 returning 1`,
      [this.installation, this.reader, this.member, LEASE_SECONDS],
    );
    if (kept.length === 0) throw this.lost();
  }

  /**
   * Steps from where we stood to where we stand now, in the handler's transaction.
   *
   * @throws NoLongerOurs when another process has taken over: what was done here is undone.
   */
  async move(tx: PgTransaction, from: Position, to: Position): Promise<void> {
    const moved = await tx.query(
      `update event_store.kurrent_readers set commit_position = $5, prepare_position = $6
        where installation = $1 and reader = $2 and owner = $3 and commit_position = $4
       returning 1`,
      [
        ...[this.installation, this.reader, this.member],
        ...[from.commit.toString(), to.commit.toString(), to.prepare.toString()],
      ],
    );
    if (moved.length === 0) throw this.lost();
  }

  async release(): Promise<void> {
    await this.connections.query(
      `update event_store.kurrent_readers set owner = null
        where installation = $1 and reader = $2 and owner = $3`,
      [this.installation, this.reader, this.member],
    );
  }

  private lost(): NoLongerOurs {
    return new NoLongerOurs(`${this.reader} is read by another process`);
  }
}
