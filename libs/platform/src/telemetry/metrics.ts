import {
  Counter,
  type CounterConfiguration,
  Gauge,
  type GaugeConfiguration,
  Histogram,
  type HistogramConfiguration,
  Registry,
  collectDefaultMetrics,
} from 'prom-client';

/** Of this process: several services in one process count into the same metrics. */
export const metricsRegistry = new Registry();

const PREFIX = 'voltledger_';

/** Finds a metric by its name, or makes it: whoever counts need not know who counted first. */
function metric<Metric>(name: string, make: (fullName: string) => Metric): Metric {
  const fullName = `${PREFIX}${name}`;
  const existing = metricsRegistry.getSingleMetric(fullName) as Metric | undefined;
  return existing ?? make(fullName);
}

/** `name` without the prefix `voltledger_`; ends in `_total`. */
export const counter = <Label extends string>({ name, ...rest }: CounterConfiguration<Label>) =>
  metric(
    name,
    (fullName) => new Counter<Label>({ ...rest, name: fullName, registers: [metricsRegistry] }),
  );

export const gauge = <Label extends string>({ name, ...rest }: GaugeConfiguration<Label>) =>
  metric(
    name,
    (fullName) => new Gauge<Label>({ ...rest, name: fullName, registers: [metricsRegistry] }),
  );

export const histogram = <Label extends string>({ name, ...rest }: HistogramConfiguration<Label>) =>
  metric(
    name,
    (fullName) => new Histogram<Label>({ ...rest, name: fullName, registers: [metricsRegistry] }),
  );

/** Memory, CPU and event loop of the process. Safe to call again. */
export function collectProcessMetrics(): void {
  if (metricsRegistry.getSingleMetric('process_cpu_user_seconds_total')) return;
  collectDefaultMetrics({ register: metricsRegistry });
}
