import { Inject, Injectable } from '@nestjs/common';
import { type PartnerEventEnvelope } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { CatchUps } from './catch-ups';
import { type Partner, endpointOf, partner } from './partner';
import { Partners } from './partners';

type Recorded = Pick<PartnerEventEnvelope, 'id' | 'event' | 'recordedAt' | 'correlationId'> & {
  readonly revision: number;
};

/**
 * Brings a partner's events to its row, each once: they come from the command that made them, so
 * that a new token holds at once, and again from the bus, in case that command was cut short.
 */
@Injectable()
export class PartnerProjector {
  constructor(
    @Inject(Partners) private readonly partners: Partners,
    @Inject(CatchUps) private readonly catchUps: CatchUps,
  ) {}

  /** @throws Error when an event before this one is missing; the bus then delivers it again. */
  async project(recorded: Recorded, tx: Transaction): Promise<void> {
    const { partnerId } = recorded.event.data;
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [partnerId]);
    const row = await this.partners.row(partnerId, tx);
    const revision = row?.revision ?? 0;
    if (recorded.revision <= revision) return;
    if (recorded.revision > revision + 1)
      throw new Error(`partner ${partnerId}: ${recorded.revision} came after ${revision}`);
    const next = partner(row?.state, recorded);
    if (!next)
      throw new Error(`partner ${partnerId} has ${recorded.event.type} before PartnerAdded`);
    await this.partners.save(next, recorded.revision, tx);
    if (startsAfresh(row?.state, next)) await this.catchUps.begin(next, recorded, tx);
  }
}

/** It knows nothing of us yet, missed what happened while it was suspended, or keeps the objects somewhere else now. */
function startsAfresh(before: Partner | undefined, now: Partner): boolean {
  if (now.status !== 'registered') return false;
  if (before?.status !== 'registered' || before.version !== now.version) return true;
  return ['locations', 'tariffs'].some(
    (module) => endpointOf(before, module, 'RECEIVER') !== endpointOf(now, module, 'RECEIVER'),
  );
}
