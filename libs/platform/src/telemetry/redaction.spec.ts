import { redacted, redactedText } from './redaction';

describe('what the log may not show', () => {
  it('is replaced under a secret name, at any depth', () => {
    const line = {
      headers: { Authorization: 'Token abc', cookie: 'x', accept: 'json' },
      partner: [{ credentialsToken: 'abc', name: 'ACME', token_b: 'x' }],
      password: 'p',
    };
    expect(redacted(line)).toEqual({
      headers: { Authorization: '[redacted]', cookie: '[redacted]', accept: 'json' },
      partner: [{ credentialsToken: '[redacted]', name: 'ACME', token_b: '[redacted]' }],
      password: '[redacted]',
    });
  });

  it('is replaced in running text and in errors', () => {
    const key = `vl_0123456789abcdef_${'s'.repeat(43)}`;
    expect(redactedText(`Bearer ${key} failed, key ${key}`)).not.toContain('sss');
    expect(redactedText('postgres://u:hunter2@db/x')).toBe('postgres://u:[redacted]@db/x');
    const error = new Error('sent Authorization: Token abcdefgh12', { cause: new Error(key) });
    expect(JSON.stringify(redacted({ err: error }))).not.toMatch(/abcdefgh12|sss/);
  });

  it('shows of an error what tells, not the client that hangs on it', () => {
    const error = Object.assign(new Error('deadlock'), {
      code: '40P01',
      detail: 'Process 1 waits',
      client: { connection: { password: 'p' } },
    });
    const shown = redacted(error) as object;
    expect(Object.keys(shown)).toEqual(['type', 'message', 'stack', 'code', 'detail']);
  });

  it('leaves everything else as it is', () => {
    const line = { tokenUid: '04AABB', count: 3, at: null, nothing: undefined };
    expect(redacted(line)).toEqual(line);
  });
});
