import { type Migration, pushMigration } from '@voltledger/platform';
import { tables } from './001-tables';

export const migrations: readonly Migration[] = [tables, pushMigration('roaming_ocpi')];
