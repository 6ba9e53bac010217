import { setTimeout as pause } from 'node:timers/promises';
import { Inject } from '@nestjs/common';
import { type Clock, plusMillis } from '@voltledger/kernel';
import { CLOCK, REPORTS, type RecurringWork, type Reports, Worker } from '@voltledger/platform';
import { Authorizations, type WaitingAuthorization } from '../projections/authorizations';
import { AuthorizationAnswers } from './authorization-answers';
import { AuthorizationQuestion } from './authorization-question';

const AT_ONCE_MAX = 32;
/** Longer than any answer may take: whoever has not answered by then is gone. */
const CLAIM_MS = 30_000;
const LOOK_EVERY_MS = 50;

/** Asks Hubject about drivers who stand at a station and wait. */
@Worker()
export class AuthorizationsWorker implements RecurringWork {
  readonly name = 'roaming-oicp.authorizations';
  readonly every = LOOK_EVERY_MS;
  private readonly asking = new Set<Promise<void>>();

  constructor(
    @Inject(Authorizations) private readonly authorizations: Authorizations,
    @Inject(AuthorizationQuestion) private readonly question: AuthorizationQuestion,
    @Inject(AuthorizationAnswers) private readonly answers: AuthorizationAnswers,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(REPORTS) private readonly reports: Reports,
  ) {}

  /** Until nobody waits; a slow answer holds up no other driver. */
  async run(signal: AbortSignal): Promise<boolean> {
    do {
      if (!signal.aborted) await this.takeMore();
      if (this.asking.size === 0) return false;
      await Promise.race([...this.asking, pause(LOOK_EVERY_MS)]);
    } while (!signal.aborted);
    await Promise.all(this.asking);
    return false;
  }

  private async takeMore(): Promise<void> {
    const now = this.clock();
    const room = AT_ONCE_MAX - this.asking.size;
    if (room <= 0) return;
    const waiting = await this.authorizations.claim(room, now, plusMillis(now, CLAIM_MS));
    for (const each of waiting) {
      const asked = this.ask(each).finally(() => this.asking.delete(asked));
      this.asking.add(asked);
    }
  }

  private async ask(waiting: WaitingAuthorization): Promise<void> {
    try {
      await this.answers.give(waiting, await this.question.ask(waiting));
    } catch (error) {
      const { correlationId } = waiting;
      this.reports.report(error, { work: this.name, correlationId });
    }
  }
}
