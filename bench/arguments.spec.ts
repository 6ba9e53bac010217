import { WrongArgument, benchArguments, helpText } from './arguments';
import { bench } from './bench';

const options = { stations: { meaning: 'stations', default: 5, min: 1, max: 10 } };
const sleep = bench({
  ...{ name: 'sleep', summary: 'nothing', options },
  run: () => Promise.resolve({ lines: [], figures: {} }),
});

it('takes a bench and its options', () => {
  expect(benchArguments(['sleep', '--stations', '7', '--json'], [sleep])).toMatchObject({
    ...{ bench: sleep, values: { stations: 7 }, json: true },
  });
  expect(benchArguments(['sleep'], [sleep]).values).toEqual({ stations: 5 });
  expect(benchArguments(['--help'], [sleep])).toMatchObject({ bench: undefined, help: true });
});

it.each([
  [['run'], 'there is no bench called "run"; there are: sleep'],
  [['sleep', '--stations', '11'], '--stations must be a whole number from 1 to 10, not "11"'],
  [['sleep', '--stations', '1.5'], '--stations must be a whole number from 1 to 10, not "1.5"'],
  [['sleep', '--cars', '1'], "Unknown option '--cars'"],
])('refuses %j and says why', (given, message) => {
  const take = () => benchArguments(given, [sleep]);
  expect(take).toThrow(WrongArgument);
  expect(take).toThrow(message);
});

it('tells of every option', () =>
  expect(helpText([sleep], undefined)).toContain('--stations N  stations (1 to 10, default 5)'));
