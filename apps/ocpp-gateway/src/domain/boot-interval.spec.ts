import { spreadInterval } from './boot-interval';

describe('the interval a station is told (OCPP-J-BOOT-01, CONN-17)', () => {
  it('is up to a tenth longer than the base, never 0, and always the same for a station', () => {
    const intervals = Array.from({ length: 1_000 }, (_, at) => spreadInterval(300, `CS${at}`));
    expect(Math.min(...intervals)).toBeGreaterThanOrEqual(300);
    expect(Math.max(...intervals)).toBeLessThanOrEqual(330);
    expect(new Set(intervals).size).toBeGreaterThan(20);
    expect(spreadInterval(300, 'CS1')).toBe(spreadInterval(300, 'CS1'));
    expect(spreadInterval(0, 'CS1')).toBe(1);
  });
});
