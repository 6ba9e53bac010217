import { setTimeout as pause } from 'node:timers/promises';
import { Inject } from '@nestjs/common';
import { type Clock, epochMillis, plusMillis } from '@voltledger/kernel';
import { CLOCK, REPORTS, type RecurringWork, type Reports, Worker } from '@voltledger/platform';
import { AuthorizationRequests, type TakenRequest } from '../projections/authorization-requests';
import { IssuerAuthorizations } from './issuer-authorizations';

const AT_ONCE_MAX = 64;
const LOOK_EVERY_MS = 50;
/** Longer than any budget: whoever took a question and died leaves it to be asked again. */
const TAKEN_MS = 30_000;

/**
 * Asks partners whether their drivers may charge, each question by itself: a partner that does not
 * answer delays nobody else's driver.
 */
@Worker()
export class AuthorizationsWorker implements RecurringWork {
  readonly name = 'roaming-ocpi.authorizations';
  readonly every = LOOK_EVERY_MS;

  constructor(
    @Inject(AuthorizationRequests) private readonly requests: AuthorizationRequests,
    @Inject(IssuerAuthorizations) private readonly issuers: IssuerAuthorizations,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(REPORTS) private readonly reports: Reports,
  ) {}

  /** Until nothing waits and nothing is under way. */
  async run(signal: AbortSignal): Promise<boolean> {
    const underWay = new Set<Promise<void>>();
    do {
      const now = this.clock();
      const free = AT_ONCE_MAX - underWay.size;
      const taken = await this.requests.take(now, plusMillis(now, TAKEN_MS), free);
      for (const each of taken) {
        const asked = this.ask(each, signal).finally(() => underWay.delete(asked));
        underWay.add(asked);
      }
      if (underWay.size === 0) return false;
      await Promise.race([...underWay, pause(LOOK_EVERY_MS)]);
    } while (!signal.aborted);
    await Promise.all(underWay);
    return false;
  }

  private async ask(taken: TakenRequest, signal: AbortSignal): Promise<void> {
    const millis = epochMillis(taken.request.until) - epochMillis(this.clock());
    try {
      await this.issuers.ask(taken, Math.max(1, millis), signal);
    } catch (error) {
      // The question is asked again when nobody holds it any more, if that is of use by then.
      this.reports.report(error, { work: this.name, correlationId: taken.correlationId });
    }
  }
}
