import { readFileSync } from 'node:fs';
import path from 'node:path';

const source = readFileSync(path.join(__dirname, 'hold-reasons.ts'), 'utf8');
const found = source.matchAll(/code: '([A-Z_]+)'/g);
const codes = [...new Set([...found].map(([, code]) => code ?? ''))];
const [, releasable = ''] = /RELEASABLE = \[([^\]]*)\]/.exec(source) ?? [];
const page = path.join(__dirname, '../../../../docs/coverage/holds.md');
const rows = readFileSync(page, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('docs/coverage/holds.md', () => {
  it('lists every reason to hold, once', () =>
    expect(rows.map(([, code]) => code).sort()).toEqual(codes.map((code) => `\`${code}\``).sort()));

  it.each(codes)('says of %s whether a person may vouch for it', (code) => {
    const row = rows.find(([, name]) => name === `\`${code}\``);
    expect(row?.[3]).toBe(releasable.includes(`'${code}'`) ? 'yes' : 'no');
  });
});
