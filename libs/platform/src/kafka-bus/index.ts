export { KafkaMessageBus, type KafkaMessageBusOptions } from './kafka-message-bus';
export {
  type KafkaSettings,
  kafkaSettings,
  kafkaSettingsFor,
  kafkaVariables,
} from './kafka-settings';
