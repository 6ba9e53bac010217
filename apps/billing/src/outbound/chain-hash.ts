import { createHash } from 'node:crypto';
import { type Cdr, type CdrSeal } from '@voltledger/contracts';
import { contentHash } from '@voltledger/platform';

/** What the first link takes for the hash of the one before it. */
export const NO_HASH = '0'.repeat(64);

/** `SHA-256(previousHash + contentHash)`, both as hexadecimal text. */
export const linkHash = (previousHash: string, content: string): string =>
  createHash('sha256')
    .update(previousHash + content)
    .digest('hex');

/** Ties `cdr` to the link before it. */
export function sealAfter(
  previous: Pick<CdrSeal, 'sequence' | 'hash'> | undefined,
  cdr: Cdr,
): CdrSeal {
  const previousHash = previous?.hash ?? NO_HASH;
  const content = contentHash(cdr);
  return {
    sequence: (previous?.sequence ?? 0) + 1,
    contentHash: content,
    previousHash,
    hash: linkHash(previousHash, content),
  };
}
