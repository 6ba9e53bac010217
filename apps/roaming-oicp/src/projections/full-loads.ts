import { Inject, Injectable } from '@nestjs/common';
import { type Instant, type Transaction } from '@voltledger/kernel';
import { DATABASE, type Database } from '@voltledger/platform';

export type Sequence = 'evse-data' | 'evse-status';

export interface FullLoad {
  readonly sequence: Sequence;
  readonly loadedAt: Instant | null;
  readonly due: boolean;
  readonly confirmed: boolean;
}

/** When the broker's data was last replaced as a whole, and whether it is due again. */
@Injectable()
export class FullLoads {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async all(): Promise<FullLoad[]> {
    return this.database.query<FullLoad>(
      `select sequence, loaded_at as "loadedAt", due, confirmed from roaming_oicp.full_loads
       order by sequence`,
    );
  }

  async of(sequence: Sequence): Promise<FullLoad> {
    const load = (await this.all()).find((each) => each.sequence === sequence);
    if (!load) throw new Error(`no row for ${sequence} in roaming_oicp.full_loads`);
    return load;
  }

  async done(sequence: Sequence, at: Instant): Promise<void> {
    await this.database.query(
      `update roaming_oicp.full_loads set loaded_at = $2, due = false, confirmed = false
       where sequence = $1`,
      [sequence, at],
    );
  }

  /** `confirmed`: somebody looked, and it may be much smaller than what the broker has. */
  async request(sequence: Sequence, confirmed: boolean, tx: Transaction): Promise<void> {
    await tx.query(
      `update roaming_oicp.full_loads set due = true, confirmed = confirmed or $2
       where sequence = $1`,
      [sequence, confirmed],
    );
  }

  /** @returns the sequences that were last loaded before. */
  async outdated(before: Readonly<Record<Sequence, Instant>>): Promise<Sequence[]> {
    const loads = await this.all();
    return loads
      .filter(({ due, loadedAt, sequence }) => {
        return !due && loadedAt !== null && loadedAt < before[sequence];
      })
      .map(({ sequence }) => sequence);
  }
}
