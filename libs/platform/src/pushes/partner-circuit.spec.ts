import { PartnerCircuits } from './partner-circuit';
import { backOffMs, pushSettings } from './push-settings';

const even = { ...pushSettings, random: () => 0.5 };

describe('the wait after a failure', () => {
  it('doubles from a second to an hour', () => {
    const waits = [1, 2, 3, 12, 13, 14, 1_000].map((attempt) => backOffMs(attempt, even));
    expect(waits).toEqual([1_000, 2_000, 4_000, 2_048_000, 3_600_000, 3_600_000, 3_600_000]);
  });

  it('is spread by a quarter, so that not all come back at once', () => {
    expect(backOffMs(1, { ...even, random: () => 0 })).toBe(750);
    expect(backOffMs(1, { ...even, random: () => 1 })).toBe(1_250);
  });
});

describe('a partner in trouble', () => {
  let now = 0;
  const failing = (times: number) => {
    now = 0;
    const circuits = new PartnerCircuits(even, () => now);
    for (let n = 0; n < times; n += 1) circuits.failed('acme');
    return circuits;
  };

  it('gets its full share until it failed five times in a row', () => {
    expect(failing(4).room('acme', 1)).toBe(3);
    expect(failing(5).room('acme', 1)).toBe(0);
  });

  it('then gets one push at a time, when a probe is due', () => {
    const circuits = failing(5);
    expect(circuits.room('acme', 0)).toBe(0);
    now = 1_000;
    expect(circuits.room('acme', 0)).toBe(1);
    expect(circuits.room('acme', 1)).toBe(0);
  });

  it('is probed at least once a minute', () => {
    const circuits = failing(100);
    now = 60_000;
    expect(circuits.room('acme', 0)).toBe(1);
  });

  it('says that it is back, once', () => {
    const circuits = failing(5);
    expect(circuits.answered('acme')).toBe(true);
    expect(circuits.answered('acme')).toBe(false);
    expect(circuits.room('acme', 0)).toBe(4);
  });

  it('does not touch the others', () => {
    expect(failing(9).room('other', 0)).toBe(4);
  });
});
