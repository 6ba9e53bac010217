import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { type Cause, DomainError } from '@voltledger/kernel';
import { type CallOptions, type EdgeApp, startEdgeApp } from '@voltledger/testing';
import { z } from 'zod';
import {
  Operation,
  OperatorApi,
  RequestCause,
  pageOf,
  pageQuery,
  parsedBy,
} from '@voltledger/platform';

const stop = z.strictObject({ reason: z.enum(['operator', 'fault']) });
const id = z.string().max(5);

@OperatorApi('sessions')
class SessionsController {
  @Get()
  @Operation({
    summary: 'Lists',
    roles: ['viewer'],
    query: pageQuery,
    response: pageOf(z.string()),
  })
  list(@Query(parsedBy(pageQuery)) { limit }: z.output<typeof pageQuery>) {
    return { items: [String(limit)] };
  }

  @Post(':id/stop')
  @Operation({
    summary: 'Stops',
    roles: ['operator'],
    params: z.object({ id }),
    body: stop,
    status: 202,
  })
  stop(
    @Param('id', parsedBy(id)) session: string,
    @Body(parsedBy(stop)) _stop: unknown,
    @RequestCause() cause: Cause,
  ) {
    if (session === 'gone') throw new DomainError('GONE', 'It is gone.');
    if (session === 'bug') throw new TypeError('undefined is not a function');
    return { causationId: cause.causationId, correlationId: cause.correlationId };
  }
}

@Controller('raw')
class RawController {
  @Post()
  echo(@Body() body: unknown) {
    return { body };
  }
}

const start = (...controllers: (new () => object)[]) =>
  startEdgeApp({
    controllers,
    httpStatuses: { GONE: 410 },
    bodyBytesMax: 1_000,
    rawBodyPrefixes: ['/raw'],
  });

let app: EdgeApp;
beforeAll(async () => {
  app = await start(SessionsController, RawController);
});
afterAll(() => app.close());

const stopIt = (session: string, options: CallOptions = {}) =>
  app.call(`/api/v1/sessions/${session}/stop`, {
    key: 'operator',
    method: 'POST',
    body: '{"reason":"fault"}',
    ...options,
  });

describe('who may come in', () => {
  it.each([{}, { key: 'wrong' }, { key: '' }])('nobody with %p', async (shown) => {
    const { status, headers, body } = await app.call('/api/v1/sessions', shown);
    expect(status).toBe(401);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(headers.get('www-authenticate')).toContain('Bearer');
    expect(body).toMatchObject({ status: 401, title: 'A key is needed' });
  });

  it('a viewer, to look but not to change', async () => {
    expect(await app.call('/api/v1/sessions', { key: 'viewer' })).toMatchObject({ status: 200 });
    const refused = await stopIt('s1', { key: 'viewer' });
    expect(refused).toMatchObject({
      status: 403,
      body: { code: 'ROLE_MISSING', facts: { needed: ['operator'] } },
    });
  });

  it('is asked before the input is looked at', async () => {
    expect(await stopIt('s1', { key: '', body: '{}' })).toMatchObject({ status: 401 });
  });
});

describe('what comes in', () => {
  it('names every field and rule of a bad body', async () => {
    const { status, body } = await stopIt('s1', { body: '{"reason":"x","more":1}' });
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      { field: 'reason', rule: 'Invalid option: expected one of "operator"|"fault"' },
      { field: 'more', rule: 'is not a known field' },
    ]);
  });

  it('names a bad parameter and a bad query', async () => {
    expect(await stopIt('far-too-long')).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'id' }] },
    });
    const { body } = await app.call('/api/v1/sessions?limit=0', { key: 'viewer' });
    expect(body.errors).toMatchObject([{ field: 'limit' }]);
  });

  it.each([
    ['no JSON', '{', {}, 400],
    ['no body', undefined, {}, 400],
    ['too much', `{"reason":"${'x'.repeat(2_000)}"}`, {}, 413],
    ['another media type', 'reason=fault', { 'content-type': 'text/plain' }, 415],
    ['a poisoned prototype', '{"__proto__":{}}', {}, 400],
    ['a broken idempotency key', '{"reason":"fault"}', { 'idempotency-key': 'ä'.repeat(3) }, 400],
  ])('is refused when it is %s', async (_title, body, headers, status) => {
    const answer = await stopIt('s1', { body, headers });
    expect(answer).toMatchObject({ status, body: { status, code: expect.any(String) as string } });
  });

  it('is handed over as text where a protocol reads it itself', async () => {
    for (const type of ['application/json', 'text/xml'])
      expect(
        await app.call('/raw', {
          method: 'POST',
          body: '{ not json',
          headers: { 'content-type': type },
        }),
      ).toMatchObject({ body: { body: '{ not json' } });
  });
});

describe('what goes out', () => {
  it('carries the status of the operation and the ids of the request', async () => {
    const { status, headers, body } = await stopIt('s1', {
      headers: { 'x-request-id': 'r-7', 'x-correlation-id': 'c-7' },
    });
    expect(status).toBe(202);
    expect(headers.get('x-request-id')).toBe('r-7');
    expect(headers.get('x-correlation-id')).toBe('c-7');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(body.correlationId).toBe('c-7');
  });

  it('does not repeat an id that could break a log line', async () => {
    const { headers } = await stopIt('s1', { headers: { 'x-request-id': 'a b"c' } });
    expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });

  it('derives the cause from caller and Idempotency-Key', async () => {
    const causes = [];
    for (const key of ['k1', 'k1', 'k2', undefined, undefined]) {
      const { body } = await stopIt(
        's1',
        key === undefined ? {} : { headers: { 'idempotency-key': key } },
      );
      causes.push(body.causationId);
    }
    expect(causes[0]).toBe(causes[1]);
    expect(new Set(causes).size).toBe(4);
  });

  it('tells a refusal by the table of the service, and a bug without its stack', async () => {
    expect(await stopIt('gone')).toMatchObject({ status: 410, body: { code: 'GONE' } });
    const { status, body } = await stopIt('bug');
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('not a function');
  });

  it('answers an unknown path as a problem', async () => {
    expect(await app.call('/api/v1/nothing')).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND' },
    });
  });
});
