import { DomainError } from './domain-error';

it('a refusal has a code, a sentence and the facts', () => {
  const refusal = new DomainError('SESSION_EXISTS', 'It was already started.', { id: 's1' });
  expect(refusal).toBeInstanceOf(Error);
  expect(refusal).toMatchObject({
    ...{ name: 'DomainError', code: 'SESSION_EXISTS', facts: { id: 's1' } },
    message: 'It was already started.',
  });
});
