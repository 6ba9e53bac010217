import { type Token } from '@voltledger/contracts';
import { z } from 'zod';

export const tokenType = z.enum(['AD_HOC_USER', 'APP_USER', 'OTHER', 'RFID']);

/** EMAID is a type of its own only from 2.3.0 on. */
export const tokenTypeOut = (type: Token['type']): z.output<typeof tokenType> =>
  type === 'EMAID' ? 'OTHER' : type;
