import { NotFoundException } from '@nestjs/common';
import { DomainError, RevisionConflict, streamName } from '@voltledger/kernel';
import { httpStatusesOf } from './http-statuses';
import { InvalidInput } from './parsed-by';
import { isUnlisted, problemFrom } from './problem';

const statuses = { SESSION_EXISTS: 409 };
const of = (error: unknown) => problemFrom(error, statuses, 'r-1');

describe('an error as a problem', () => {
  it('gives a refusal the status of its code, and its facts', () => {
    const error = new DomainError('SESSION_EXISTS', 'The session was already started.', {
      id: 's',
    });
    expect(of(error)).toEqual({
      type: 'urn:voltledger:problem:session-exists',
      title: 'Conflict',
      status: 409,
      detail: 'The session was already started.',
      code: 'SESSION_EXISTS',
      requestId: 'r-1',
      facts: { id: 's' },
    });
  });

  it('answers a refusal that no table lists with 422, and counts it as ours to add', () => {
    const error = new DomainError('NEW_CODE', 'No.');
    expect(of(error)).toMatchObject({ status: 422, code: 'NEW_CODE' });
    expect(isUnlisted(error, statuses)).toBe(true);
  });

  it('lists the rules an input broke', () => {
    const errors = [{ field: 'uid', rule: 'is missing' }];
    expect(of(new InvalidInput(errors))).toMatchObject({
      status: 400,
      code: 'INVALID_INPUT',
      errors,
    });
  });

  it('tells a conflict with other writers from a mistake', () => {
    expect(of(new RevisionConflict(streamName('session', '1'), 1, 2))).toMatchObject({
      status: 409,
    });
    expect(of(new NotFoundException('Cannot GET /x'))).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
    });
  });

  it('says nothing about a bug but where to look', () => {
    const problem = of(new TypeError('secret inside'));
    expect(problem).toMatchObject({ status: 500, code: 'INTERNAL_ERROR' });
    expect(JSON.stringify(problem)).not.toContain('secret inside');
  });
});

describe('the tables of several services', () => {
  it('become one', () => {
    const table = httpStatusesOf([
      { name: 'a', httpStatuses: { A: 409 } },
      { name: 'b', httpStatuses: { A: 409, B: 404 } },
    ]);
    expect(table).toMatchObject({ A: 409, B: 404, KEY_MISSING: 401 });
  });

  it('may not contradict each other', () => {
    const contradicting = [
      { name: 'a', httpStatuses: { A: 409 } },
      { name: 'b', httpStatuses: { A: 404 } },
    ];
    expect(() => httpStatusesOf(contradicting)).toThrow('b answers A with 404, others with 409');
  });
});
