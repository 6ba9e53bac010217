import { Credentials } from './credentials';
import { hashOf, matches } from './password-hash';

describe('passwords of stations (OCPP-J-SEC-04)', () => {
  it('are kept as a salted hash that says how it was made', async () => {
    const [one, other] = await Promise.all([
      hashOf('a-long-password-1'),
      hashOf('a-long-password-1'),
    ]);
    expect(one).toMatch(/^scrypt\$text\$\d+\$/);
    expect(one).not.toBe(other);
    expect(one).not.toContain('a-long-password-1');
    await expect(matches(Buffer.from('a-long-password-1'), one)).resolves.toBe(true);
    await expect(matches(Buffer.from('A-long-password-1'), one)).resolves.toBe(false);
    await expect(matches(Buffer.alloc(0), one)).resolves.toBe(false);
  });

  it('a hexadecimal key may come as digits of any case, or as bytes', async () => {
    const key = '00ff112233445566778899aabbccddee';
    const stored = await hashOf(key);
    expect(stored).toMatch(/^scrypt\$hex\$/);
    await expect(matches(Buffer.from(key.toUpperCase()), stored)).resolves.toBe(true);
    await expect(matches(Buffer.from(key, 'hex'), stored)).resolves.toBe(true);
    await expect(matches(Buffer.from('11'.repeat(16), 'hex'), stored)).resolves.toBe(false);
  });

  it('are recognised without work once they were right, until they change', async () => {
    const credentials = new Credentials();
    const stored = await hashOf('a-long-password-1');
    const presented = Buffer.from('a-long-password-1');
    expect(credentials.known(presented, stored)).toBe(false);
    await expect(credentials.verify(presented, stored)).resolves.toBe(true);
    expect(credentials.known(presented, stored)).toBe(true);
    expect(credentials.known(presented, await hashOf('a-long-password-1'))).toBe(false);
    await expect(credentials.verify(presented, undefined)).resolves.toBe(false);
    const many = await Promise.all(
      Array.from({ length: 20 }, () => credentials.verify(Buffer.from('x'), stored)),
    );
    expect(many.every((right) => !right)).toBe(true);
  });
});
