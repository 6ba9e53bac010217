import { type Migration, pushMigration } from '@voltledger/platform';
import { evses } from './001-evses';
import { sessions } from './002-sessions';
import { chargeRecords } from './003-charge-records';
import { exchanges } from './004-exchanges';
import { rebuilds } from './005-rebuilds';

export const migrations: readonly Migration[] = [
  evses,
  sessions,
  chargeRecords,
  exchanges,
  pushMigration('roaming_oicp'),
  rebuilds,
];
