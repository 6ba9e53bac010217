import {
  KAFKA_START_PATIENCE_MS,
  type TestKafka,
  describeOnKafka,
  kafkaBusUnderTest,
  messageBusContract,
  testKafka,
} from '@voltledger/testing';

describeOnKafka('KafkaMessageBus', () => {
  let kafka: TestKafka;

  beforeAll(async () => {
    kafka = await testKafka();
  }, KAFKA_START_PATIENCE_MS);

  messageBusContract(() => kafkaBusUnderTest(kafka.brokers, kafka.prefix()));
});
