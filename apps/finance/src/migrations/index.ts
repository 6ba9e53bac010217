import { type Migration } from '@voltledger/platform';
import { groupCdrs } from './001-group-cdrs';

export const migrations: readonly Migration[] = [groupCdrs];
