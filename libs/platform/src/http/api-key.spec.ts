import { apiKeyText, newApiKey, parseApiKey, secretHash, secretMatches } from './api-key';

describe('an API key', () => {
  it('is read as it was written', () => {
    const key = newApiKey();
    expect(parseApiKey(apiKeyText(key))).toEqual(key);
  });

  it('holds 256 random bits', () => {
    const { secret } = newApiKey();
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(newApiKey().secret).not.toBe(secret);
  });

  it.each([
    '',
    'vl_',
    'vl_0123456789abcdef_short',
    'Bearer x',
    'vl_0123456789ABCDEF_' + 'a'.repeat(43),
  ])('is not %p', (text) => {
    expect(parseApiKey(text)).toBeUndefined();
  });

  it('matches its own hash only, and none when there is none', () => {
    const { secret } = newApiKey();
    expect(secretMatches(secret, secretHash(secret))).toBe(true);
    expect(secretMatches(newApiKey().secret, secretHash(secret))).toBe(false);
    expect(secretMatches(secret, undefined)).toBe(false);
    expect(secretMatches(secret, Buffer.alloc(0))).toBe(false);
  });
});
