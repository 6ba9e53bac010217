import { counter, gauge } from '../telemetry';

const handled = counter({
  name: 'bus_messages_handled_total',
  help: 'Messages a group has handled.',
  labelNames: ['group'],
});

const parked = counter({
  name: 'bus_messages_parked_total',
  help: 'Messages a group could not read and put aside.',
  labelNames: ['group'],
});

const lag = gauge({
  name: 'bus_lag_messages',
  help: 'Messages a group has still to read, in the partitions that this process reads.',
  labelNames: ['group', 'topic'],
});

export const countHandled = (group: string, messages: number): void => {
  handled.inc({ group }, messages);
};

export const countParked = (group: string): void => {
  parked.inc({ group });
};

interface Lag {
  readonly reader: string;
  readonly topic: string;
  readonly entries: number;
}

export function showLag(lags: readonly Lag[]): void {
  const sums = new Map<string, Lag>();
  for (const each of lags) {
    const key = `${each.reader} ${each.topic}`;
    sums.set(key, { ...each, entries: each.entries + (sums.get(key)?.entries ?? 0) });
  }
  for (const { reader, topic, entries } of sums.values())
    lag.set({ group: reader, topic }, entries);
}
