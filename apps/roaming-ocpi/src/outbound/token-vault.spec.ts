import { randomBytes } from 'node:crypto';
import { TokenVault, newToken, tokenHash } from './token-vault';

const vault = new TokenVault({ OCPI_SECRET_KEY: Buffer.from(randomBytes(32)) });

it('gives back what it was given', () =>
  expect(vault.open(vault.seal('secret', 'credentials'), 'credentials')).toBe('secret'));

it('never looks the same twice', () =>
  expect(vault.seal('secret', 'one')).not.toBe(vault.seal('secret', 'one')));

it('opens nothing under other credentials, with another key, or after a change', () => {
  const sealed = vault.seal('secret', 'one');
  const other = new TokenVault({ OCPI_SECRET_KEY: Buffer.from(randomBytes(32)) });
  const changed = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
  expect(() => vault.open(sealed, 'other')).toThrow();
  expect(() => other.open(sealed, 'one')).toThrow();
  expect(() => vault.open(changed, 'one')).toThrow();
  expect(() => vault.open('v0.abc', 'one')).toThrow(/form/);
});

it('makes tokens that OCPI can carry and nobody can guess (OCPI-CRE-01, OCPI-CRE-23)', () => {
  expect(newToken()).toMatch(/^[\x21-\x7e]{43,64}$/);
  expect(newToken()).not.toBe(newToken());
  expect(tokenHash('a')).not.toBe(tokenHash('A'));
});
