import { type Reports } from '../telemetry';

/** Runs things again and again, each after it has finished; failures are reported and it goes on. */
export class Recurring {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();
  private stopped = false;

  constructor(private readonly reports: Reports) {}

  every(name: string, milliseconds: number, work: () => Promise<void>): void {
    if (this.stopped) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      const run = this.once(name, work).finally(() => {
        this.running.delete(run);
        this.every(name, milliseconds, work);
      });
      this.running.add(run);
    }, milliseconds);
    this.timers.add(timer);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    await Promise.all(this.running);
  }

  private async once(name: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.stopped) this.reports.report(error, { work: name });
    }
  }
}
