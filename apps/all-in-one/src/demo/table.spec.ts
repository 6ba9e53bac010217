import { table } from './table';

it('lines up text on the left and numbers on the right', () => {
  expect(
    table(
      ['station', 'kWh'],
      [
        ['CS0001', 0.5],
        ['CS2', 12.25],
      ],
    ),
  ).toBe('station  kWh\n──────────────\nCS0001     0.5\nCS2      12.25');
});
