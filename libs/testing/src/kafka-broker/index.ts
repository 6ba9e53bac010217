export { KafkaBroker, type KafkaWay, wayToKafka } from './kafka-broker';
export { KafkaUnavailable } from './kafka-unavailable';
export {
  START_PATIENCE_MS as KAFKA_START_PATIENCE_MS,
  describeOnKafka,
  testKafka,
  type TestKafka,
} from './test-kafka';
