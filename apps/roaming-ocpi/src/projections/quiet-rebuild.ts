import { Inject, Injectable } from '@nestjs/common';
import { type Instant, type Transaction } from '@voltledger/kernel';
import { DATABASE, type Database } from '@voltledger/platform';

export const PROJECTIONS = ['partners', 'locations', 'tariffs', 'sessions', 'cdrs'] as const;
export type Projection = (typeof PROJECTIONS)[number];

/**
 * Replay sends nothing (rule 7): while a projection is rebuilt, messages that its group had handled
 * before only fill its rows. What it had not handled yet is news and is pushed.
 */
@Injectable()
export class QuietRebuild {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async isNews(projection: Projection, recordedAt: Instant, tx: Transaction): Promise<boolean> {
    const [row] = await tx.query<{ quiet_until: Instant }>(
      'select quiet_until from roaming_ocpi.rebuilds where projection = $1',
      [projection],
    );
    return !row || recordedAt >= row.quiet_until;
  }

  async begin(projection: Projection, quietUntil: Instant, tx: Transaction): Promise<void> {
    await tx.query(
      `insert into roaming_ocpi.rebuilds (projection, quiet_until) values ($1, $2)
       on conflict (projection) do update set quiet_until = excluded.quiet_until`,
      [projection, quietUntil],
    );
  }
}
