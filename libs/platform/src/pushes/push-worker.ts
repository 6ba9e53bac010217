import { type Transaction } from '@voltledger/kernel';
import { type Reports } from '../telemetry/reports';
import { type Database } from '../tokens';
import { type RecurringWork } from '../worker';
import { PartnerCircuits } from './partner-circuit';
import { type Delivery, type Push } from './push';
import { PushDelivery } from './push-delivery';
import { PushDispatcher } from './push-dispatcher';
import { PushHeartbeat } from './push-heartbeat';
import { PushLeases } from './push-leases';
import { PushMetrics } from './push-metrics';
import { type PushSettings, pushSettings } from './push-settings';
import { PushSettlement } from './push-settlement';

const LOOK_EVERY_MS = 200;
const TIDY_EVERY_MS = 15_000;
const FORGET_BATCH = 1_000;

interface Parts {
  readonly dispatcher: PushDispatcher;
  readonly settlement: PushSettlement;
  readonly metrics: PushMetrics;
}

/**
 * Delivers the pushes of one schema, for as long as it takes. A subclass says how a partner is
 * spoken to, and what follows from its answer. Several instances share the work; after a crash
 * another takes over when the lease has run out.
 *
 * - Of one partner and object, only the oldest unanswered push is sent, so order holds.
 * - A refusal is an answer: later pushes of the object go on, since each says the whole of what it
 *   says. What comes of it is for `settled`, and for the operator, who may retry it.
 * - A partner that fails five times in a row gets one push at a time until it answers; then
 *   everything that waits for it is due at once. Others notice nothing.
 */
export abstract class PushWorker implements RecurringWork {
  readonly every = LOOK_EVERY_MS;
  abstract readonly schema: string;
  private parts: Parts | undefined;
  private tidyAt = 0;

  constructor(
    protected readonly database: Database,
    protected readonly reports: Reports,
    private readonly settings: Partial<PushSettings> = {},
  ) {}

  get name(): string {
    return `${this.schema}.pushes`;
  }

  /**
   * Tells the partner, outside of any transaction; a push may come again after a crash, so the
   * partner must be able to take it twice. Throws to be called again later: `DeliveryFailed` with
   * the partner's answer, or whatever went wrong.
   */
  protected abstract deliver(push: Push, signal: AbortSignal): Promise<Delivery>;

  /** What follows from the partner's last word, in the transaction that keeps it: once per push. */
  protected settled?(push: Push, delivery: Delivery, tx: Transaction): Promise<void>;

  /** Runs for as long as there is something to deliver. */
  async run(signal: AbortSignal): Promise<boolean> {
    this.parts ??= this.assembled();
    if (!signal.aborted) await this.tidy(this.parts);
    await this.parts.dispatcher.run(signal);
    return false;
  }

  private async tidy({ dispatcher, settlement, metrics }: Parts): Promise<void> {
    if (performance.now() < this.tidyAt) return;
    this.tidyAt = performance.now() + TIDY_EVERY_MS;
    await dispatcher.expire();
    await settlement.forget(this.options().keptMs, FORGET_BATCH);
    await metrics.refresh();
  }

  private options(): PushSettings {
    return { ...pushSettings, ...this.settings };
  }

  private assembled(): Parts {
    const settings = this.options();
    const settlement = new PushSettlement(this.database, this.schema);
    const metrics = new PushMetrics(this.database, this.schema);
    const circuits = new PartnerCircuits(settings);
    const handling = {
      name: this.name,
      deliver: (push: Push, signal: AbortSignal) => this.deliver(push, signal),
      settled: async (push: Push, delivery: Delivery, tx: Transaction) =>
        this.settled?.(push, delivery, tx),
    };
    const { reports } = this;
    const delivery = new PushDelivery({
      handling,
      settlement,
      circuits,
      metrics,
      reports,
      settings,
    });
    const leases = new PushLeases(this.database, this.schema, settings);
    const heartbeat = new PushHeartbeat(leases, reports, settings, this.name);
    const dispatcher = new PushDispatcher({
      ...{ leases, delivery, circuits, settings, heartbeat },
      lookEveryMs: this.every,
    });
    return { dispatcher, settlement, metrics };
  }
}
