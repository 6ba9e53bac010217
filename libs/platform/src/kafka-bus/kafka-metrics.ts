import { counter } from '../telemetry';

const repeated = counter({
  name: 'bus_messages_repeated_total',
  help: 'Messages that came a second time from where they were published, and were dropped.',
  labelNames: ['group'],
});

const missing = counter({
  name: 'bus_gaps_total',
  help: 'Times a message came whose predecessor never did: retention was too short, or data was lost.',
  labelNames: ['group'],
});

export const countRepeated = (group: string): void => {
  repeated.inc({ group });
};

export const countGap = (group: string): void => {
  missing.inc({ group });
};
