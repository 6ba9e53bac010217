import { Inject, Injectable } from '@nestjs/common';
import { type TariffEvent } from '@voltledger/contracts';
import { type Clock, type Transaction } from '@voltledger/kernel';
import { CLOCK } from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { ratedAnew } from '../domain/repricing';
import { SessionMessages } from '../outbound/session-messages';
import { type PastSessionRow, pastSessionsById } from '../tables/past-sessions';
import {
  type DueSession,
  type SessionStep,
  keepSteps,
  sessionsToTell,
} from '../tables/rerated-sessions';
import { type KeptRerating } from '../tables/reratings';
import { FrozenTerms } from './frozen-terms';
import { PastSessionReader } from './past-session';

type Rerated = Extract<TariffEvent, { type: 'SessionRerated' }>;
type Told = Rerated | SessionStep;

/** Tells billing the new prices that were approved, those and no others. */
@Injectable()
export class ReratedSessions {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly terms: FrozenTerms,
    private readonly reader: PastSessionReader,
    private readonly messages: SessionMessages,
  ) {}

  /** @returns how many sessions were dealt with. */
  async tell(rerating: KeptRerating, tx: Transaction): Promise<number> {
    const { reratingId } = rerating;
    const due = await sessionsToTell(tx, reratingId, this.config.TARIFF_REPRICED_AT_ONCE);
    const rows = await pastSessionsById(
      tx,
      due.map(({ sessionId }) => sessionId),
    );
    const known = new Map(rows.map((row) => [row.sessionId, row]));
    const steps: SessionStep[] = [];
    for (const each of due) {
      const told = await this.told(rerating, each, known.get(each.sessionId), tx);
      steps.push(
        'type' in told ? { sessionId: each.sessionId, progress: 'published' as const } : told,
      );
      if (!('type' in told)) continue;
      const origin = {
        sessionId: each.sessionId,
        messageId: reratingId,
        correlationId: reratingId,
      };
      await this.messages.tell([told], origin, tx);
    }
    await keepSteps(tx, reratingId, steps);
    return due.length;
  }

  private async told(
    rerating: KeptRerating,
    due: DueSession,
    row: PastSessionRow | undefined,
    tx: Transaction,
  ): Promise<Told> {
    const { sessionId, throughRevision } = due;
    if (row?.ended.revision !== throughRevision)
      return skipped(due, 'SESSION_CHANGED', 'It has another end by now: ask for it again.');
    const { tariff, contentHash, reratingId, reason, requestedBy, verdict } = rerating;
    const session = await this.reader.read(row, tx);
    const terms = this.terms.compiled(tariff, contentHash, session.timeZone);
    const rating = ratedAnew(terms, session);
    const { beforeTaxes, afterTaxes } = rating.costs.total;
    if (beforeTaxes.micros !== due.beforeTaxes || (afterTaxes?.micros ?? null) !== due.afterTaxes)
      return skipped(due, 'PRICE_CHANGED', 'It comes to another price than was approved.');
    const approvedBy = verdict?.by ?? '';
    const people = { reason, requestedBy, approvedBy, at: this.clock() };
    const data = { sessionId, reratingId, throughRevision, tariff, contentHash, rating, ...people };
    return { type: 'SessionRerated', data };
  }
}

const skipped = ({ sessionId }: DueSession, code: string, detail: string): SessionStep => ({
  ...{ sessionId, progress: 'skipped', answer: { code, detail } },
});
