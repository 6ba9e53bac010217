import { backOffMs } from '../back-off';
import { type Reports } from '../telemetry';
import { type RecurringWork } from '../worker';

const BACK_OFF_MAX_MS = 30_000;

/** Runs one piece of recurring work until it is stopped; what fails is reported and tried again. */
export class WorkerRun {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly work: RecurringWork,
    private readonly reports: Reports,
  ) {}

  start(): void {
    this.running ??= this.repeat();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async repeat(): Promise<void> {
    const { every } = this.work;
    const rest = { firstMs: every, mostMs: Math.max(every, BACK_OFF_MAX_MS) };
    let failures = 0;
    while (!this.stopping.signal.aborted) {
      const result = await this.once();
      failures = result === 'failed' ? failures + 1 : 0;
      if (result === 'more') continue;
      await this.rest(backOffMs(rest, failures + 1));
    }
  }

  private async once(): Promise<'more' | 'done' | 'failed'> {
    try {
      return (await this.work.run(this.stopping.signal)) ? 'more' : 'done';
    } catch (error) {
      if (this.stopping.signal.aborted) return 'done';
      this.reports.report(error, { work: this.work.name });
      return 'failed';
    }
  }

  private rest(milliseconds: number): Promise<void> {
    const { signal } = this.stopping;
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      signal.addEventListener('abort', end);
    });
  }
}
