import { setTimeout as pause } from 'node:timers/promises';
import { type PushDelivery } from './push-delivery';
import { type PartnerCircuits } from './partner-circuit';
import { type PushHeartbeat } from './push-heartbeat';
import { type Leased, type PushLeases } from './push-leases';
import { type PushSettings } from './push-settings';

export interface Dispatching {
  readonly leases: PushLeases;
  readonly delivery: PushDelivery;
  readonly circuits: PartnerCircuits;
  readonly settings: PushSettings;
  readonly heartbeat: PushHeartbeat;
  /** How long to wait before looking again while deliveries are under way. */
  readonly lookEveryMs: number;
}

interface Flight {
  readonly partner: string;
  readonly push: Leased;
  readonly landed: Promise<void>;
}

const EXPIRED_BATCH = 100;

/** Keeps deliveries going: as many as may be at once, of every partner its share. */
export class PushDispatcher {
  private readonly flights = new Set<Flight>();
  /** Partners that a delivery has ended for since we last looked: they may get their next. */
  private readonly freed = new Set<string>();
  private lookAt = 0;

  constructor(private readonly means: Dispatching) {}

  /** Until nothing is due and nothing under way. After `signal` it takes nothing new. */
  async run(signal: AbortSignal): Promise<void> {
    const giveUp = new AbortController();
    const stopBeating = this.means.heartbeat.start(() => [...this.flights].map(({ push }) => push));
    try {
      await this.fly(signal, giveUp);
    } finally {
      stopBeating();
    }
  }

  private async fly(signal: AbortSignal, giveUp: AbortController): Promise<void> {
    do {
      if (!signal.aborted) await this.takeOff(giveUp.signal);
      if (this.flights.size === 0) return;
      await this.somethingChanges(signal);
    } while (!signal.aborted);
    await this.land(giveUp);
  }

  async expire(): Promise<void> {
    const old = await this.means.leases.takeExpired(EXPIRED_BATCH);
    for (const push of old) await this.means.delivery.expire(push);
  }

  /** Takes what is due, those partners first that have the least under way. */
  private async takeOff(giveUp: AbortSignal): Promise<void> {
    if (this.free() <= 0) return;
    const partners = await this.candidates();
    const byLoad = partners.sort((one, other) => this.load(one) - this.load(other));
    for (const partner of byLoad) {
      const room = this.means.circuits.room(partner, this.load(partner));
      const limit = Math.min(room, this.free());
      if (limit <= 0) continue;
      for (const push of await this.means.leases.take(partner, limit)) this.start(push, giveUp);
    }
  }

  /** Everybody something is due for, now and then; in between those who have just got something. */
  private async candidates(): Promise<string[]> {
    const freed = [...this.freed];
    this.freed.clear();
    if (performance.now() < this.lookAt) return freed;
    const due = await this.means.leases.partnersDue();
    this.lookAt = performance.now() + (this.flights.size > 0 ? this.means.lookEveryMs : 0);
    return due;
  }

  private start(push: Leased, giveUp: AbortSignal): void {
    const landed = this.means.delivery.run(push, giveUp).finally(() => {
      this.flights.delete(flight);
      this.freed.add(push.partner);
    });
    const flight: Flight = { partner: push.partner, push, landed };
    this.flights.add(flight);
  }

  /** A delivery ends, it is time to look again, or the process is to end. */
  private async somethingChanges(signal: AbortSignal): Promise<void> {
    const look = new AbortController();
    const either = AbortSignal.any([signal, look.signal]);
    const timer = pause(this.means.lookEveryMs, undefined, { signal: either }).catch(onAbort);
    await Promise.race([timer, ...this.landings()]);
    look.abort();
  }

  /** Lets deliveries finish for a while, then gives up the rest: they go back as they were. */
  private async land(giveUp: AbortController): Promise<void> {
    const timer = setTimeout(() => {
      giveUp.abort();
    }, this.means.settings.graceMs);
    await Promise.all(this.landings());
    clearTimeout(timer);
  }

  private landings(): Promise<void>[] {
    return [...this.flights].map(({ landed }) => landed);
  }

  private load(partner: string): number {
    return [...this.flights].filter((flight) => flight.partner === partner).length;
  }

  private free(): number {
    return this.means.settings.deliveriesMax - this.flights.size;
  }
}

/** The wait was cut short: that is what it was for. */
const onAbort = (): void => undefined;
