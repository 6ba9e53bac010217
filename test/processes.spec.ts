import { describeOnKafka } from '@voltledger/testing';
import { chargingJourneys } from './support/charging-journeys';
import { inSixProcesses } from './support/journey';

describeOnKafka('in six processes on Kafka', () => {
  chargingJourneys(inSixProcesses);
});
