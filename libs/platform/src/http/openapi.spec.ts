import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { type EdgeApp, startEdgeApp } from '@voltledger/testing';
import { z } from 'zod';
import { Operation, OperatorApi, pageOf, pageQuery, parsedBy } from '@voltledger/platform';

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
    @Body(parsedBy(stop)) { reason }: z.output<typeof stop>,
  ) {
    return { session, reason };
  }
}

const start = (...controllers: (new () => object)[]) => startEdgeApp({ controllers });

let app: EdgeApp;
beforeAll(async () => {
  app = await start(SessionsController);
});
afterAll(() => app.close());

describe('the OpenAPI document', () => {
  it('describes every operation with its key, input and answers', async () => {
    const { status, body } = await app.call('/api/openapi.json');
    expect(status).toBe(200);
    expect(body).toMatchObject({ openapi: '3.1.0', security: [{ key: [] }] });
    const paths = body.paths as Record<string, Record<string, Record<string, unknown>>>;
    expect(Object.keys(paths).sort()).toEqual([
      '/api/v1/keys',
      '/api/v1/keys/{id}',
      '/api/v1/parked-messages',
      '/api/v1/parked-messages/{id}',
      '/api/v1/parked-messages/{id}/replay',
      '/api/v1/sessions',
      '/api/v1/sessions/{id}/stop',
    ]);
    const operation = paths['/api/v1/sessions/{id}/stop']?.post;
    expect(operation).toMatchObject({
      operationId: 'sessions.stop',
      tags: ['sessions'],
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 5 } },
        { name: 'Idempotency-Key' },
      ],
      requestBody: { content: { 'application/json': { schema: { additionalProperties: false } } } },
    });
    expect(Object.keys(operation?.responses as object)).toEqual([
      '202',
      '400',
      '401',
      '403',
      '404',
      '409',
      '413',
      '422',
      '500',
    ]);
  });
});

describe('a route under /api/v1 that nobody guards', () => {
  it('keeps the process from starting', async () => {
    @Controller('api/v1/open')
    class OpenController {
      @Get()
      show() {
        return 1;
      }
    }
    await expect(start(OpenController)).rejects.toThrow('GET /api/v1/open');
  });

  it('so does a method without @Operation', async () => {
    @OperatorApi('half')
    class HalfController {
      @Get()
      show() {
        return 1;
      }
    }
    await expect(start(HalfController)).rejects.toThrow('HalfController.show needs an @Operation');
  });
});

describe('the machines that watch us', () => {
  it('see that it lives, is ready, and its metrics', async () => {
    expect(await app.call('/health/live')).toMatchObject({ status: 200, body: { alive: true } });
    expect(await app.call('/health/ready')).toMatchObject({ status: 200, body: { ready: true } });
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).toContain('voltledger_http_request_duration_seconds_count{');
  });
});
