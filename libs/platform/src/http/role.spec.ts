import { mayUse } from './role';

describe('roles', () => {
  it.each([
    ['an admin may everything', ['admin'], [], true],
    ['every key may look', ['finance'], ['viewer'], true],
    ['a viewer may not change', ['viewer'], ['operator'], false],
    ['an operator may not touch money', ['operator'], ['finance'], false],
    ['one of several roles is enough', ['viewer', 'finance'], ['operator', 'finance'], true],
    ['a key without roles may nothing', [], ['viewer'], false],
    ['what lists no role is for admins', ['operator', 'finance', 'viewer'], [], false],
  ] as const)('%s', (_title, held, allowed, expected) => {
    expect(mayUse(held, allowed)).toBe(expected);
  });
});
