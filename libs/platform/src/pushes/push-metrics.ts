import { type Database } from '../tokens';
import { counter, gauge, histogram } from '../telemetry/metrics';
import { pushTable } from './push-table';

const LABELS = ['schema', 'partner'] as const;

/** How deliveries go, and what waits. */
export class PushMetrics {
  private readonly deliveries = counter({
    name: 'push_deliveries_total',
    help: 'Tries to tell a partner something, by outcome.',
    labelNames: [...LABELS, 'outcome'],
  });
  private readonly durations = histogram({
    name: 'push_delivery_duration_seconds',
    help: 'How long a partner took to answer.',
    labelNames: [...LABELS],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  });
  private readonly pending = gauge({
    name: 'pushes_pending',
    help: 'Pushes that wait for their partner.',
    labelNames: [...LABELS],
  });
  private readonly oldest = gauge({
    name: 'pushes_oldest_pending_seconds',
    help: 'Age of the oldest push that waits for its partner.',
    labelNames: [...LABELS],
  });
  private known: readonly string[] = [];

  constructor(
    private readonly database: Database,
    private readonly schema: string,
  ) {}

  delivered(partner: string, outcome: string, seconds: number): void {
    this.deliveries.inc({ schema: this.schema, partner, outcome });
    this.durations.observe({ schema: this.schema, partner }, seconds);
  }

  /** Counts what waits. Reads an index of the pending pushes only. */
  async refresh(): Promise<void> {
    const rows = await this.database.query<{ partner: string; count: number; age: number }>(
      `select partner, count(*) as count,
         extract(epoch from clock_timestamp() - min(enqueued_at))::float8 as age
       from ${pushTable(this.schema)} where state = 'pending' group by partner`,
    );
    for (const partner of this.known) this.show(partner, 0, 0);
    for (const { partner, count, age } of rows) this.show(partner, count, age);
    this.known = rows.map(({ partner }) => partner);
  }

  private show(partner: string, count: number, age: number): void {
    const labels = { schema: this.schema, partner };
    this.pending.set(labels, count);
    this.oldest.set(labels, age);
  }
}
