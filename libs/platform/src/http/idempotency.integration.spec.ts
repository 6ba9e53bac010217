import { Body, Post } from '@nestjs/common';
import { type Cause, DomainError } from '@voltledger/kernel';
import {
  IdempotencyRecords,
  Operation,
  OperatorApi,
  RequestCause,
  edgeMigrations,
  parsedBy,
} from '@voltledger/platform';
import {
  type EdgeApp,
  type TestDatabase,
  createTestDatabase,
  eventually,
  startEdgeApp,
} from '@voltledger/testing';
import { z } from 'zod';

const order = z.object({ amount: z.int() });
const done: { amount: number; cause: string }[] = [];
let gate: Promise<void> = Promise.resolve();
let broken = false;

@OperatorApi('orders')
class OrdersController {
  @Post()
  @Operation({ summary: 'Orders', roles: ['operator'], body: order, status: 201 })
  async order(
    @Body(parsedBy(order)) { amount }: z.output<typeof order>,
    @RequestCause() cause: Cause,
  ) {
    await gate;
    if (broken) throw new Error('the database went away');
    if (amount < 0) throw new DomainError('TOO_LITTLE', 'At least nothing.', { amount });
    done.push({ amount, cause: cause.causationId });
    return { number: done.length };
  }

  @Post('secret')
  @Operation({ summary: 'Tells', roles: ['operator'], answerIsSecret: true })
  secret() {
    return { secret: 'abc' };
  }
}

let store: TestDatabase;
let app: EdgeApp;
beforeAll(async () => {
  store = await createTestDatabase({ name: 'platform', migrations: edgeMigrations });
  app = await startEdgeApp({
    controllers: [OrdersController],
    httpStatuses: { TOO_LITTLE: 409 },
    database: store.database,
  });
});
afterAll(async () => {
  await app.close();
  await store.close();
});
beforeEach(() => {
  done.length = 0;
  gate = Promise.resolve();
  broken = false;
});

const send = (key: string, body: string, path = '', role = 'operator') =>
  app.call(`/api/v1/orders${path}`, {
    key: role,
    method: 'POST',
    body,
    headers: { 'idempotency-key': key },
  });

describe('the same Idempotency-Key', () => {
  it('gets the same answer to the same request, and the work is done once', async () => {
    const first = await send('k1', '{"amount":1,"note":"x"}');
    const again = await send('k1', '{"note":"x","amount":1}');
    expect(first).toMatchObject({ status: 201, body: { number: 1 } });
    expect(again).toMatchObject({ status: 201, body: { number: 1 } });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(done).toHaveLength(1);
  });

  it('is refused with another request', async () => {
    await send('k2', '{"amount":1}');
    expect(await send('k2', '{"amount":2}')).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expect(done).toHaveLength(1);
  });

  it("is another caller's own", async () => {
    await send('k3', '{"amount":1}');
    await send('k3', '{"amount":1}', '', 'admin');
    expect(new Set(done.map(({ cause }) => cause)).size).toBe(2);
  });

  it('is told to wait while the first request is in work', async () => {
    let open: () => void = () => undefined;
    gate = new Promise((resolve) => (open = resolve));
    const first = send('k4', '{"amount":1}');
    await eventually(async () =>
      expect(await send('k4', '{"amount":1}')).toMatchObject({
        status: 409,
        body: { code: 'REQUEST_IN_WORK' },
      }),
    );
    open();
    expect(await first).toMatchObject({ status: 201 });
  });

  it('of twenty at once, does the work once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send('k5', '{"amount":5}')));
    expect(done).toHaveLength(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]));
  });

  it('gets the same refusal again', async () => {
    const first = await send('k6', '{"amount":-1}');
    const again = await send('k6', '{"amount":-1}');
    expect(first).toMatchObject({
      status: 409,
      body: { code: 'TOO_LITTLE', facts: { amount: -1 } },
    });
    expect(again.body).toEqual(first.body);
  });

  it('is free again after bad input and after a mistake of ours', async () => {
    expect(await send('k7', '{"amount":"x"}')).toMatchObject({ status: 400 });
    broken = true;
    expect(await send('k7', '{"amount":7}')).toMatchObject({ status: 500 });
    broken = false;
    expect(await send('k7', '{"amount":7}')).toMatchObject({ status: 201 });
  });

  it('is taken over, with the same cause, when the process died in between', async () => {
    await send('k8', '{"amount":1}');
    await store.database.query(
      `update platform.idempotency_keys set status = null, in_work_until = now() - interval '1 s'
       where key = 'k8'`,
    );
    expect(await send('k8', '{"amount":1}')).toMatchObject({ status: 201 });
    expect(done[0]?.cause).toBe(done[1]?.cause);
  });

  it('does not keep an answer that is secret', async () => {
    expect(await send('k9', '', '/secret')).toMatchObject({ body: { secret: 'abc' } });
    const kept = await store.database.query(
      "select answer from platform.idempotency_keys where key = 'k9'",
    );
    expect(JSON.stringify(kept)).not.toContain('abc');
    expect(await send('k9', '', '/secret')).toMatchObject({
      status: 409,
      body: { code: 'ANSWER_NOT_KEPT' },
    });
  });

  it('is forgotten after a day', async () => {
    const records = new IdempotencyRecords(store.database);
    await send('k10', '{"amount":1}');
    await store.database.query(
      "update platform.idempotency_keys set expires_at = now() - interval '1 s'",
    );
    expect(await send('k10', '{"amount":2}')).toMatchObject({ status: 201, body: { number: 2 } });
    expect(await records.forgetExpired(100)).toBeGreaterThan(0);
  });
});
