import { type Cause } from '@voltledger/kernel';
import { type Caller } from '@voltledger/platform';
import { type ByHand } from '../commands/by-hand';

/** What somebody asks for, with the key that was shown. */
export const byHand = ({ name: by, keyId: key }: Caller, note: string, cause: Cause): ByHand => ({
  ...{ by, key, note, cause },
});
