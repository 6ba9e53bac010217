import { type PushSettings, backOffMs } from './push-settings';

type CircuitSettings = Pick<
  PushSettings,
  'failuresUntilProbing' | 'probeMsMax' | 'backOffMsMin' | 'random' | 'deliveriesPerPartnerMax'
>;

interface Trouble {
  readonly failures: number;
  /** Milliseconds, as `now`. */
  readonly nextProbeAt: number;
}

/**
 * Which partners are in trouble. After a few failures in a row a partner gets single pushes, ever
 * more seldom, until one gets through. Known to this process only; another finds out by itself.
 */
export class PartnerCircuits {
  private readonly troubles = new Map<string, Trouble>();

  constructor(
    private readonly settings: CircuitSettings,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** How many pushes a partner may get now, besides those it is getting. */
  room(partner: string, inFlight: number): number {
    const trouble = this.troubles.get(partner);
    if (!trouble || !this.probing(trouble)) return this.settings.deliveriesPerPartnerMax - inFlight;
    return inFlight === 0 && this.now() >= trouble.nextProbeAt ? 1 : 0;
  }

  failed(partner: string): void {
    const { failuresUntilProbing, probeMsMax } = this.settings;
    const failures = (this.troubles.get(partner)?.failures ?? 0) + 1;
    const probes = Math.max(1, failures - failuresUntilProbing + 1);
    const wait = backOffMs(probes, { ...this.settings, backOffMsMax: probeMsMax });
    this.troubles.set(partner, { failures, nextProbeAt: this.now() + wait });
  }

  /** The partner answers. @returns true when it did not before: what waits for it may go now. */
  answered(partner: string): boolean {
    const trouble = this.troubles.get(partner);
    this.troubles.delete(partner);
    return trouble !== undefined && this.probing(trouble);
  }

  private probing({ failures }: Trouble): boolean {
    return failures >= this.settings.failuresUntilProbing;
  }
}
