import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VALUES_KEPT_MAX = 64;

const FORM = 'sealed.v1';
const SEALED = /^sealed\.v1\.([0-9a-f]{32})\.([A-Za-z0-9_-]{38,})$/;
const NOTHING_THERE = /^(?:erased|sealed)-[0-9a-f]{12}$/;

/** The subject of a sealed value; undefined when it is none. */
export const sealedFor = (value: string): string | undefined =>
  value.startsWith(FORM) ? SEALED.exec(value)?.[1] : undefined;

/** What is read where the key was destroyed: the same for one person, and nobody's name. */
export const erasedMark = (subjectId: string): string => `erased-${subjectId.slice(0, 12)}`;
/** What is read where the key is another cell's. */
export const foreignMark = (subjectId: string): string => `sealed-${subjectId.slice(0, 12)}`;

export const isMark = (value: string): boolean => NOTHING_THERE.test(value);

/** Seals and opens the values of one person. */
export interface SubjectKey {
  readonly subjectId: string;
  readonly seal: (value: string) => string;
  readonly open: (sealed: string) => string;
}

/**
 * AES-256-GCM. The nonce is derived from the value, so the same value of the same person always has
 * the same sealed form: a repeat is recognisable, and hashes over sealed documents are stable. A
 * person has a handful of values; that two of them share a nonce is as likely as a broken SHA-256.
 */
export function liveKey(subjectId: string, key: Buffer): SubjectKey {
  const nonceKey = createHmac('sha256', key).update('nonce').digest();
  const sealed = new Map<string, string>();
  const opened = new Map<string, string>();
  return {
    subjectId,
    seal: (value) => once(sealed, value, () => sealedValue(subjectId, key, nonceKey, value)),
    open: (value) => once(opened, value, () => openedValue(key, value)),
  };
}

export const erasedKey = (subjectId: string): SubjectKey => ({
  subjectId,
  seal: () => erasedMark(subjectId),
  open: () => erasedMark(subjectId),
});

/** Sealed by a cell whose keys are not ours: nothing to open, and nothing to seal. */
export const foreignKey = (subjectId: string): SubjectKey => ({
  subjectId,
  seal: () => foreignMark(subjectId),
  open: () => foreignMark(subjectId),
});

function once(known: Map<string, string>, value: string, made: () => string): string {
  const kept = known.get(value);
  if (kept !== undefined) return kept;
  const result = made();
  if (known.size >= VALUES_KEPT_MAX) known.clear();
  known.set(value, result);
  return result;
}

function sealedValue(subjectId: string, key: Buffer, nonceKey: Buffer, value: string): string {
  const nonce = createHmac('sha256', nonceKey).update(value).digest().subarray(0, NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(subjectId));
  const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  const bytes = Buffer.concat([nonce, cipher.getAuthTag(), text]);
  return `${FORM}.${subjectId}.${bytes.toString('base64url')}`;
}

/** What was changed since it was sealed stays as it is: verify-cdrs finds it, a reader need not die. */
function openedValue(key: Buffer, sealed: string): string {
  const [, subjectId = '', content = ''] = SEALED.exec(sealed) ?? [];
  const bytes = Buffer.from(content, 'base64url');
  try {
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(subjectId))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return sealed;
  }
}
