import { DeliveryFailed } from './push';
import { failureOf, outcomeOf } from './push-outcome';

describe('what is kept of a try', () => {
  it("is the partner's answer", () => {
    expect(
      outcomeOf({ outcome: 'delivered', reference: 'cdr-1', answer: { status: 1000 } }),
    ).toEqual({
      outcome: 'delivered',
      answer: { status: 1000 },
    });
    const failed = new DeliveryFailed('HTTP_503', 'answered 503', '<html>');
    expect(failureOf(failed)).toEqual({
      outcome: 'failed',
      code: 'HTTP_503',
      detail: 'answered 503',
      answer: '<html>',
    });
  });

  it('is no secret', () => {
    const { detail } = failureOf(new Error('refused Authorization: Token abcdefgh12'));
    expect(detail).toBe('refused Authorization: Token [redacted]');
  });

  it('is the beginning of what is long', () => {
    const { answer } = outcomeOf({ outcome: 'delivered', answer: 'x'.repeat(9_000) });
    expect(JSON.stringify(answer).length).toBeLessThan(8_100);
  });
});
