import { type Reports } from '../telemetry/reports';
import { type Leased, type PushLeases } from './push-leases';
import { type PushSettings } from './push-settings';

type Held = Pick<Leased, 'id' | 'lease'>;

/**
 * Tells that deliveries are under way. A process that is killed falls silent, and its pushes are
 * taken over within seconds; a partner that only answers slowly gets nothing twice.
 */
export class PushHeartbeat {
  private beating = false;

  constructor(
    private readonly leases: PushLeases,
    private readonly reports: Reports,
    private readonly settings: Pick<PushSettings, 'beatMs'>,
    private readonly work: string,
  ) {}

  /** Until the returned function is called, for whatever leases are held at each beat. */
  start(held: () => readonly Held[]): () => void {
    const timer = setInterval(() => {
      void this.beat(held());
    }, this.settings.beatMs);
    return () => {
      clearInterval(timer);
    };
  }

  private async beat(held: readonly Held[]): Promise<void> {
    if (this.beating || held.length === 0) return;
    this.beating = true;
    try {
      await this.leases.renew(held);
    } catch (error) {
      this.reports.report(error, { work: this.work });
    } finally {
      this.beating = false;
    }
  }
}
