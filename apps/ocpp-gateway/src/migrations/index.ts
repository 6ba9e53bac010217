import { type Migration } from '@voltledger/platform';
import { registry } from './001-registry';
import { connections } from './002-connections';
import { transactions } from './003-transactions';
import { calls } from './004-calls';
import { notices } from './005-notices';
import { stationHomes } from './006-station-homes';
import { connectionEpochs } from './007-connection-epochs';

export const migrations: readonly Migration[] = [
  registry,
  connections,
  transactions,
  calls,
  notices,
  stationHomes,
  connectionEpochs,
];
