import { demoArguments } from './arguments';

describe('the demo’s arguments', () => {
  it('start six stations when nothing is said', () => {
    expect(demoArguments([])).toEqual({ stations: 6, keep: false, json: false, help: false });
  });

  it('take a number of stations', () => {
    expect(demoArguments(['--stations', '20', '--json'])).toMatchObject({
      stations: 20,
      json: true,
    });
  });

  it.each(['0', '-3', '201', 'many', '1.5', ''])('refuse %p stations, and say why', (stations) => {
    expect(() => demoArguments([`--stations=${stations}`])).toThrow(/--stations must be a whole/);
  });

  it('refuse a flag nobody knows, by name', () => {
    expect(() => demoArguments(['--fast'])).toThrow(/--fast/);
  });
});
