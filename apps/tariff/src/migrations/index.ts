import { type Migration } from '@voltledger/platform';
import { sessionPrices } from './001-session-prices';
import { tariffs } from './002-tariffs';
import { pastSessions } from './003-past-sessions';
import { repricing } from './004-repricing';

export const migrations: readonly Migration[] = [sessionPrices, tariffs, pastSessions, repricing];
