import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { type SubjectName } from '@voltledger/contracts';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const derived = (master: Buffer, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', master, '', `voltledger subjects ${use}`, KEY_BYTES));

/** What `SUBJECT_SECRET_KEY` is good for: finding persons' keys, and wrapping them. */
export class MasterKey {
  private readonly lookupKey: Buffer;
  private readonly wrapKey: Buffer;

  constructor(master: Buffer) {
    this.lookupKey = derived(master, 'lookup');
    this.wrapKey = derived(master, 'wrap');
  }

  /** A table that leaks tells nobody whose key is whose. */
  lookup(name: SubjectName): Buffer {
    return createHmac('sha256', this.lookupKey).update(name).digest();
  }

  /** A new key, as it is kept. */
  newWrapped(): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.wrapKey, nonce);
    const wrapped = Buffer.concat([cipher.update(randomBytes(KEY_BYTES)), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), wrapped]);
  }

  /** @throws Error when it was wrapped by another `SUBJECT_SECRET_KEY`. */
  unwrap(wrapped: Buffer): Buffer {
    const decipher = createDecipheriv(
      CIPHER,
      this.wrapKey,
      wrapped.subarray(0, NONCE_BYTES),
    ).setAuthTag(wrapped.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const key = decipher.update(wrapped.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([key, decipher.final()]);
  }
}
