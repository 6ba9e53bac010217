import { type Migration } from '@voltledger/platform';
import { sessionTables } from './001-session-tables';
import { sessions } from './002-sessions';
import { stationHomes } from './003-station-homes';
import { openQuestions } from './004-open-questions';
import { meterKeys } from './005-meter-keys';

export const migrations: readonly Migration[] = [
  sessionTables,
  sessions,
  stationHomes,
  openQuestions,
  meterKeys,
];
