import { spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../../..');
const CASE = 'test/vectors/pricing/e18-kwh-band-crossing-interpolated-inside-one-segment.json';

/** As somebody types it, but without npm in between. */
const rate = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['scripts/launch.mjs', 'apps/tariff/src/rate', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });

describe('npm run rate', () => {
  it('prints one line of JSON with the keys of the case', () => {
    const { status, stdout, stderr } = rate(CASE, '--version', '2.2.1');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({ total_cost: { before_taxes: '10.5000' } });
  });

  it('says what it does', () => {
    const { status, stdout } = rate('--help');
    expect([status, stdout]).toEqual([0, expect.stringContaining('--version V')]);
  });

  it.each([
    [['--version', '2.2.1'], 'FILE.json: must be given, once'],
    [[CASE], '--version: must be given'],
    [[CASE, '--version', '9'], '--version: must be one of 2.1.1, 2.2.1, 2.3.0, not 9'],
    [['package.json', '--version', '2.2.1'], 'kind: '],
    [['nowhere.json', '--version', '2.2.1'], 'FILE.json: cannot be read'],
    [[CASE, '--colour'], '(arguments): '],
  ])('exits with 2 and a named reason: %j', (args, reason) => {
    const { status, stdout, stderr } = rate(...args);
    expect([status, stdout, stderr]).toEqual([2, '', expect.stringContaining(reason)]);
  });
});
