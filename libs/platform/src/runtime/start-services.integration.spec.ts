import { Inject, Module } from '@nestjs/common';
import {
  type EventStore,
  type RecordedEvent,
  type Transaction,
  streamName,
} from '@voltledger/kernel';
import { type TestDatabase, createTestDatabase, eventually } from '@voltledger/testing';
import { topic, messageFor } from '@voltledger/contracts';
import { z } from 'zod';
import { ConfigurationError } from '../config';
import { Consumer, type TopicConsumer, consuming, on } from '../consumer';
import { Publishes, type StreamPublication } from '../relay';
import { type ServiceDefinition } from '../service';
import { EVENT_STORE, type Scope, SCOPE } from '../tokens';
import { type RecurringWork, Worker } from '../worker';
import { type RunningServices, startServices } from './start-services';

const things = topic('thing.events.v1', { ThingHappened: z.object({ number: z.int() }) });

@Publishes()
class ThingRelay implements StreamPublication {
  readonly reader = 'things.relay';
  readonly categories = ['thing'];
  readonly messagesOf = ({ id, stream, data, metadata, recordedAt }: RecordedEvent) => [
    messageFor(things, {
      ...metadata,
      id,
      key: stream,
      event: { type: 'ThingHappened' as const, data: data as { number: number } },
      recordedAt,
    }),
  ];
}

@Consumer()
class ThingConsumer implements TopicConsumer {
  readonly subscription = consuming(
    'things.rows',
    on(things, async ({ event }, tx: Transaction) => {
      await tx.query('insert into things.rows values ($1)', [event.data.number]);
    }),
  );
}

@Worker()
class ThingWorker implements RecurringWork {
  static runs = 0;
  readonly name = 'things.worker';
  readonly every = 1;

  run(): Promise<boolean> {
    ThingWorker.runs += 1;
    if (ThingWorker.runs === 1) throw new Error('the first run fails');
    return Promise.resolve(false);
  }
}

@Module({ providers: [ThingRelay, ThingConsumer, ThingWorker] })
class Things {
  constructor(
    @Inject(EVENT_STORE) readonly store: EventStore,
    @Inject(SCOPE) readonly scope: Scope,
  ) {}
}

const service: ServiceDefinition = {
  name: 'things',
  migrations: [{ name: 'things/001-rows', up: ['create table things.rows (number int)'] }],
  module: () => ({ module: Things }),
};

let test: TestDatabase;
let running: RunningServices;
const settings = () => ({ DATABASE_URL: test.url, HTTP_PORT: '0', LOG_LEVEL: 'silent' });

beforeAll(async () => {
  test = await createTestDatabase();
  running = await startServices([service], { environment: settings() });
});

afterAll(async () => {
  await running.close();
  await test.close();
});

it('carries an event from the store over the bus into a row', async () => {
  const { store, scope } = running.app.get(Things);
  const metadata = { ...scope, causationId: 'cause', correlationId: 'story', schemaVersion: 1 };
  const event = { type: 'ThingHappened', data: { number: 7 } };
  await store.append(streamName('thing', '1'), 0, [event], metadata);
  await eventually(async () =>
    expect(await test.database.query('select number from things.rows')).toEqual([{ number: 7 }]),
  );
});

it('goes on with work whose run failed', async () => {
  await eventually(() => expect(ThingWorker.runs).toBeGreaterThan(2));
});

it('says that it lives and that it is ready', async () => {
  await expect(fetch(`${running.url}/health/live`)).resolves.toMatchObject({ status: 200 });
  await expect(fetch(`${running.url}/health/ready`)).resolves.toMatchObject({ status: 200 });
});

it('names every wrong setting before it starts anything', async () => {
  const wrong = { DATABASE_URL: 'mysql://x', HTTP_PORT: '70000', REGION: 'No Such' };
  const start = startServices([service], { environment: wrong });
  await expect(start).rejects.toThrow(ConfigurationError);
  await expect(start).rejects.toThrow(/DATABASE_URL: .*\n.*HTTP_PORT: .*\n.*REGION: /);
});
