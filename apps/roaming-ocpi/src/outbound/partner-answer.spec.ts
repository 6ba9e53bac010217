import { PartnerUnavailable, partnerAnswer } from './partner-answer';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => ({
  ...{ status, headers, body },
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const wrapped = (status_code: number, status_message?: string) => ({
  ...{ status_code, status_message, timestamp: '2026-03-05T11:00:00Z' },
});

it.each([
  [200, wrapped(1000)],
  [201, wrapped(1000)],
  [200, wrapped(1999)],
])('takes HTTP %s with %j for a yes (OCPI-ENV-06)', (status, body) =>
  expect(partnerAnswer(answer(status, body))).toMatchObject({ outcome: 'success' }),
);

it.each([
  [200, wrapped(2001, 'no such field'), '2001', 'no such field'],
  [400, wrapped(2001, 'no such field'), '2001', 'no such field'],
  [404, wrapped(2003), '2003', '{"status_code":2003,"timestamp":"2026-03-05T11:00:00Z"}'],
  [400, 'Bad Request', 'HTTP 400', 'Bad Request'],
  [409, wrapped(1000), '1000', ''],
])('takes HTTP %s with %j for a no, and keeps why (OCPI-ENV-05)', (status, body, code, detail) => {
  const taken = partnerAnswer(answer(status, body));
  expect(taken).toMatchObject({ outcome: 'refused', code });
  if (detail !== '') expect(taken).toMatchObject({ detail });
});

it.each([
  [200, wrapped(3000)],
  [200, wrapped(3001)],
  [200, wrapped(4002)],
  [500, wrapped(3000)],
  [503, 'busy'],
  [401, wrapped(2000)],
  [403, 'no'],
  [405, wrapped(2000)],
  [429, 'slow down'],
  [302, ''],
  [200, 'not an envelope'],
  [204, ''],
])('takes HTTP %s with %j for no answer: asking again may help', (status, body) =>
  expect(() => partnerAnswer(answer(status, body))).toThrow(PartnerUnavailable),
);
