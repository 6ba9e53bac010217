import { LoginAttempts } from './login-attempts';

describe('wrong logins (OCPP-J-SEC-05)', () => {
  const fail = (attempts: LoginAttempts, times: number, address = '1.2.3.4') => {
    for (let count = 0; count < times; count += 1) attempts.failed(address, 'CS1', 0);
  };

  it('are slowed from the fourth on, at most to eight seconds', () => {
    const attempts = new LoginAttempts();
    fail(attempts, 2);
    expect(attempts.waitFor('1.2.3.4', 'CS1', 0)).toBe(0);
    fail(attempts, 1);
    expect(attempts.waitFor('1.2.3.4', 'CS1', 0)).toBe(250);
    fail(attempts, 1);
    expect(attempts.waitFor('1.2.3.4', 'CS1', 0)).toBe(500);
    fail(attempts, 100);
    expect(attempts.waitFor('1.2.3.4', 'CS1', 0)).toBe(8_000);
  });

  it('slow nobody else: neither another address nor another station', () => {
    const attempts = new LoginAttempts();
    fail(attempts, 100);
    expect(attempts.waitFor('5.6.7.8', 'CS1', 0)).toBe(0);
    expect(attempts.waitFor('1.2.3.4', 'CS2', 0)).toBe(0);
  });

  it('are forgiven by a right one, and forgotten with time', () => {
    const attempts = new LoginAttempts();
    fail(attempts, 10);
    expect(attempts.waitFor('1.2.3.4', 'CS1', 16 * 60_000)).toBe(0);
    attempts.succeeded('1.2.3.4', 'CS1');
    expect(attempts.waitFor('1.2.3.4', 'CS1', 0)).toBe(0);
  });

  it('fill no memory', () => {
    const attempts = new LoginAttempts();
    for (let host = 0; host < 10_001; host += 1) attempts.failed(`host-${host}`, 'CS1', 0);
    expect(attempts.failed('host-0', 'CS1', 0)).toBe(1);
    expect(attempts.failed('host-10000', 'CS1', 0)).toBe(2);
  });
});
