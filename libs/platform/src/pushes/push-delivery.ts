import { setTimeout as pause } from 'node:timers/promises';
import { type Transaction } from '@voltledger/kernel';
import { correlated } from '../telemetry/correlation';
import { type Reports } from '../telemetry/reports';
import { NoAnswer } from '../http/fetch-json';
import { type PartnerCircuits } from './partner-circuit';
import { type Delivery, DeliveryFailed, EXPIRED, type Push } from './push';
import { type Leased } from './push-leases';
import { type PushMetrics } from './push-metrics';
import { failureOf } from './push-outcome';
import { type PushSettings, backOffMs } from './push-settings';
import { type PushSettlement } from './push-settlement';

/** What a service gives: how its partners are spoken to. */
export interface PushHandling {
  readonly name: string;
  deliver(push: Push, signal: AbortSignal): Promise<Delivery>;
  settled(push: Push, delivery: Delivery, tx: Transaction): Promise<void>;
}

export interface DeliveryMeans {
  readonly handling: PushHandling;
  readonly settlement: PushSettlement;
  readonly circuits: PartnerCircuits;
  readonly metrics: PushMetrics;
  readonly reports: Reports;
  readonly settings: PushSettings;
}

/** Waits, in milliseconds, between tries to write down an answer that came. */
const SETTLE_AGAIN_MS = [100, 500, 2_000, 5_000];

/** One push from its lease to its end. Never throws: failures are written down or reported. */
export class PushDelivery {
  constructor(private readonly means: DeliveryMeans) {}

  /** `giveUp`: the process ends; the push goes back as it was. */
  async run(push: Leased, giveUp: AbortSignal): Promise<void> {
    await correlated({ correlationId: push.correlationId }, async () => {
      try {
        await this.deliver(push, giveUp);
      } catch (error) {
        // Its lease runs out, then it is tried again.
        this.report(error, push);
      }
    });
  }

  /** Too old to be sent at all. */
  async expire(push: Leased): Promise<void> {
    await correlated({ correlationId: push.correlationId }, async () => {
      try {
        await this.settle(push, expired(push));
      } catch (error) {
        this.report(error, push);
      }
    });
  }

  private async deliver(push: Leased, giveUp: AbortSignal): Promise<void> {
    const { handling, settings, circuits, metrics, settlement } = this.means;
    const end = AbortSignal.any([giveUp, AbortSignal.timeout(settings.deliveryMsMax)]);
    const began = performance.now();
    const answered = (outcome: string) => {
      metrics.delivered(push.partner, outcome, (performance.now() - began) / 1_000);
    };
    let delivery: Delivery;
    try {
      delivery = await orAborted(handling.deliver(push, end), end);
    } catch (error) {
      if (giveUp.aborted) return settlement.release(push);
      answered('failed');
      return this.failed(push, error);
    }
    answered(delivery.outcome);
    await this.settle(push, delivery);
    if (circuits.answered(push.partner)) await settlement.wake(push.partner);
  }

  private async failed(push: Leased, error: unknown): Promise<void> {
    const { settings, circuits, settlement } = this.means;
    circuits.failed(push.partner);
    if (!isExpected(error)) this.report(error, push);
    if (push.ageMs > settings.ageMsMax) return this.settle(push, expired(push));
    await settlement.postpone(push, failureOf(error), backOffMs(push.attempt, settings));
  }

  /** The partner was told: that must not be forgotten because the database was busy for a moment. */
  private async settle(push: Leased, delivery: Delivery): Promise<void> {
    const { settlement, handling } = this.means;
    for (let failures = 0; ; failures += 1)
      try {
        await settlement.settle(push, delivery, (tx) => handling.settled(push, delivery, tx));
        return;
      } catch (error) {
        const wait = SETTLE_AGAIN_MS[failures];
        if (wait === undefined) throw error;
        this.report(error, push);
        await pause(wait);
      }
  }

  private report(error: unknown, { id, partner, kind, correlationId, attempt }: Leased): void {
    const facts = { pushId: id, partner, kind, attempt };
    this.means.reports.report(error, { work: this.means.handling.name, correlationId, facts });
  }
}

/** A partner that is down is no failure of ours. */
const isExpected = (error: unknown): boolean =>
  error instanceof DeliveryFailed || error instanceof NoAnswer;

const expired = ({ attempt }: Leased): Delivery => ({
  outcome: 'refused',
  code: EXPIRED,
  detail: `Not delivered in the time it may wait; ${attempt} tries, the last of them kept.`,
});

/** A delivery that does not listen to its signal must not hold its place for ever. */
async function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      reject(new NoAnswer('timeout', 'the delivery took longer than it may'));
    };
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}
