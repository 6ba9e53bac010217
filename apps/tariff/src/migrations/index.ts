import { type Migration } from '@voltledger/platform';
import { sessionPrices } from './001-session-prices';
import { tariffs } from './002-tariffs';

export const migrations: readonly Migration[] = [sessionPrices, tariffs];
