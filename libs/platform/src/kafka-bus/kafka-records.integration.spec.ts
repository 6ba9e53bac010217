import { Kafka, logLevel } from 'kafkajs';
import { type GroupSubscription } from '@voltledger/kernel';
import { UnreadableMessage } from '@voltledger/kernel';
import {
  KAFKA_START_PATIENCE_MS,
  type KafkaBusUnderTest,
  type KafkaMember,
  type TestKafka,
  describeOnKafka,
  eventually,
  kafkaBusUnderTest,
  testKafka,
  thing,
} from '@voltledger/testing';
import { PgMessageBus } from '../message-bus';

describeOnKafka('what travels over Kafka', () => {
  const TOPIC = 'thing.events.v1';
  let kafka: TestKafka;
  let prefix: string;
  let test: KafkaBusUnderTest;
  let one: KafkaMember;

  beforeAll(async () => {
    kafka = await testKafka();
  }, KAFKA_START_PATIENCE_MS);

  beforeEach(async () => {
    prefix = kafka.prefix();
    test = await kafkaBusUnderTest(kafka.brokers, prefix);
    await test.database.query('create table effects (n bigserial primary key, id text)');
    one = await test.member();
  });

  afterEach(async () => {
    await one.close();
    await test.close();
  });

  const recorder: GroupSubscription = {
    group: 'recorder',
    topics: [TOPIC],
    handle: async ({ id }, tx) => {
      await tx.query('insert into effects (id) values ($1)', [id]);
    },
  };

  const effects = async () => {
    const rows = await test.database.query<{ id: string }>('select id from effects order by n');
    return rows.map(({ id }) => id);
  };

  const withKafka = async <Result>(work: (client: Kafka) => Promise<Result>): Promise<Result> =>
    work(new Kafka({ brokers: [...kafka.brokers], logLevel: logLevel.NOTHING }));

  const recordsIn = (topic: string) =>
    withKafka(async (client) => {
      const admin = client.admin();
      await admin.connect();
      const offsets = await admin.fetchTopicOffsets(prefix + topic);
      await admin.disconnect();
      return offsets.reduce((sum, { high }) => sum + Number(high), 0);
    });

  it('takes effect once, though a forwarder that took over sends it again', async () => {
    await one.bus.subscribe(recorder);
    await one.bus.publish([thing('a', 1), thing('b', 1), thing('a', 2)]);
    await eventually(async () => expect(await effects()).toHaveLength(3));
    await one.bus.close();
    // As a forwarder leaves it that has sent, and dies before it writes down how far it is.
    await test.database.query(`update bus.offsets set position = 0 where reader like 'kafka.%'`);
    one = await test.member();
    await one.bus.subscribe(recorder);
    await eventually(async () => expect(await recordsIn(TOPIC)).toBe(6));
    await one.bus.publish([thing('a', 3)]);
    await eventually(async () => expect(await effects()).toContain('a/3'));
    expect((await effects()).sort()).toEqual(['a/1', 'a/2', 'a/3', 'b/1']);
  });

  it('shows what was parked on a topic of dead letters, with group and reason', async () => {
    const dead: unknown[] = [];
    await one.bus.subscribe({
      group: 'reader',
      topics: [TOPIC],
      handle: () => Promise.reject(new UnreadableMessage('number: must be positive')),
    });
    await one.bus.subscribe({
      group: 'undertaker',
      topics: [`${TOPIC}.dead`],
      handle: async (message) => void dead.push(message),
    });
    await one.bus.publish([thing('a', 1)]);
    await eventually(() => expect(dead).toHaveLength(1));
    expect(dead[0]).toMatchObject({
      type: 'MessageParked',
      key: 'a',
      causationId: 'a/1',
      data: { group: 'reader', reason: 'number: must be positive', message: thing('a', 1) },
    });
    expect(await one.bus.parked.list()).toMatchObject([
      { group: 'reader', message: { id: 'a/1' } },
    ]);
  });

  it('parks what is no message of ours, and goes on', async () => {
    await one.bus.subscribe(recorder);
    await one.bus.publish([thing('a', 1)]);
    await eventually(async () => expect(await effects()).toEqual(['a/1']));
    await withKafka(async (client) => {
      const producer = client.producer({ allowAutoTopicCreation: false });
      await producer.connect();
      const messages = [0, 1, 2, 3].map((partition) => ({ partition, key: 'x', value: 'hello' }));
      await producer.send({ topic: prefix + TOPIC, messages });
      await producer.disconnect();
    });
    const parked = await eventually(async () => {
      const all = await one.bus.parked.list();
      expect(all).toHaveLength(4);
      return all;
    });
    expect(parked[0]).toMatchObject({
      reason: expect.stringContaining('no message of ours') as string,
      message: { topic: TOPIC, key: 'x', data: { body: 'hello' } },
    });
    await one.bus.publish([thing('a', 2)]);
    await eventually(async () => expect(await effects()).toEqual(['a/1', 'a/2']));
  });

  it('goes on in Kafka where a group stood in PostgreSQL', async () => {
    await one.close();
    const reports = { report: () => undefined };
    const before = await PgMessageBus.open(test.database, reports, { url: test.url });
    await before.subscribe(recorder);
    await before.publish([thing('a', 1), thing('b', 1)]);
    await eventually(async () => expect(await effects()).toHaveLength(2));
    await before.close();
    one = await test.member();
    await one.bus.subscribe(recorder);
    await one.bus.publish([thing('a', 2)]);
    await eventually(async () => expect(await recordsIn(TOPIC)).toBe(3));
    await eventually(async () => expect(await effects()).toContain('a/2'));
    expect(await effects()).toHaveLength(3);
  });

  it('says so when a message is missing', async () => {
    await one.bus.subscribe(recorder);
    await one.bus.publish([thing('a', 1)]);
    await eventually(async () => expect(await effects()).toEqual(['a/1']));
    await one.close();
    await test.database.transaction(async (tx) => {
      await tx.query(
        `insert into bus.messages (topic, partition, position, key, id, type, schema_version, data,
                causation_id, correlation_id, tenant, region, recorded_at)
         select topic, partition, position + 2, key, 'a/3', type, schema_version, data,
                causation_id, correlation_id, tenant, region, recorded_at from bus.messages`,
      );
    });
    one = await test.member();
    await one.bus.subscribe(recorder);
    await eventually(async () => expect(await effects()).toEqual(['a/1', 'a/3']));
    expect(test.reported.map(String)).toContainEqual(
      expect.stringContaining('messages before this one never came'),
    );
  });
});
