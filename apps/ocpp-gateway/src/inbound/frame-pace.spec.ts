import { FramePace } from './frame-pace';

describe('the pace of a station (OCPP-J-RPC-23)', () => {
  it('allows a burst, then so many frames a second', () => {
    const pace = new FramePace(10, 0);
    for (let frame = 0; frame < 50; frame += 1) expect(pace.take(0)).toBe(0);
    expect(pace.take(0)).toBeCloseTo(100);
    expect(pace.take(0)).toBeCloseTo(200);
    expect(pace.take(1_000)).toBe(0);
  });

  it('saves no more than a burst', () => {
    const pace = new FramePace(10, 0);
    for (let frame = 0; frame < 50; frame += 1) expect(pace.take(3_600_000)).toBe(0);
    expect(pace.take(3_600_000)).toBeGreaterThan(0);
  });
});
