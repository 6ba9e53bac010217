import { type OcpiPartner } from '@voltledger/testing';

const LOOK_EVERY_MS = 1;

/** When a partner first hears of an energy, to the millisecond. */
export class Arrivals {
  private readonly waiting = new Map<number, () => void>();
  private read = 0;
  private readonly timer = setInterval(() => {
    this.look();
  }, LOOK_EVERY_MS);

  constructor(private readonly partner: OcpiPartner) {}

  /** @param kwh that no other session of this run ever has. @returns milliseconds until it came. */
  async of(kwh: number, msMax: number): Promise<number | undefined> {
    const began = performance.now();
    const arrived = new Promise<true>((resolve) => {
      this.waiting.set(kwh, () => {
        resolve(true);
      });
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(resolve, msMax, false);
    });
    const came = await Promise.race([arrived, late]);
    clearTimeout(timer);
    this.waiting.delete(kwh);
    return came ? performance.now() - began : undefined;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const { log } = this.partner;
    for (; this.read < log.length; this.read += 1) {
      const { module, body } = log[this.read] ?? {};
      const kwh = module === 'sessions' ? (body as { kwh?: unknown } | null)?.kwh : undefined;
      if (typeof kwh === 'number') this.waiting.get(kwh)?.();
    }
  }
}
