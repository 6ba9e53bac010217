import { chargingJourneys } from './support/charging-journeys';
import { inOneProcess } from './support/journey';

chargingJourneys(inOneProcess);
