import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config';

const CIPHER = 'aes-256-gcm';
const FORM = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** 256 bits: far beyond the 128 that OCPI-CRE-23 asks for. */
const TOKEN_BYTES = 32;

/** Under what an inbound token is found: a table that leaks does not let anybody in. */
export const tokenHash = (token: string): string =>
  createHash('sha256').update(token, 'utf8').digest('hex');

/** 43 printable characters. */
export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/**
 * Keeps the tokens that we send to partners: sealed with AES-256-GCM, each tied to the credentials
 * it belongs to, so that a sealed token moved to another row opens nothing.
 */
@Injectable()
export class TokenVault {
  private readonly key: Buffer;

  constructor(@Inject(CONFIG) { OCPI_SECRET_KEY }: Pick<Config, 'OCPI_SECRET_KEY'>) {
    this.key = OCPI_SECRET_KEY;
  }

  seal(token: string, credentialsId: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.key, nonce).setAAD(Buffer.from(credentialsId));
    const sealed = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()]);
    return `${FORM}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
  }

  /** @throws Error when it was sealed with another key, or for other credentials. */
  open(sealed: string, credentialsId: string): string {
    const [form, content = ''] = sealed.split('.');
    if (form !== FORM) throw new Error(`a token sealed in a form we do not know: ${String(form)}`);
    const bytes = Buffer.from(content, 'base64url');
    const decipher = createDecipheriv(CIPHER, this.key, bytes.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(credentialsId))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const opened = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([opened, decipher.final()]).toString('utf8');
  }
}
