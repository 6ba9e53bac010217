import { type Migration } from '@voltledger/platform';
import { chargeableSessions } from './001-chargeable-sessions';
import { cdrChain } from './002-cdr-chain';
import { cdrs } from './003-cdrs';
import { ledger } from './004-ledger';
import { disputes } from './005-disputes';
import { story } from './006-story';
import { overlaps } from './007-overlaps';
import { erasures } from './008-erasures';

export const migrations: readonly Migration[] = [
  chargeableSessions,
  cdrChain,
  cdrs,
  ledger,
  disputes,
  story,
  overlaps,
  erasures,
];
