import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { embeddedFolder } from '@voltledger/platform';

const OWNER_ONLY = 0o600;
const KEY_BYTES = 32;

/** The folder where an all-in-one network keeps its data and its secrets. */
export class Home {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = path.resolve(folder);
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
  }

  get postgres(): string {
    return embeddedFolder(this.folder);
  }

  get adminKeyFile(): string {
    return path.join(this.folder, 'admin-key');
  }

  get adminKey(): string | undefined {
    return existsSync(this.adminKeyFile) ? read(this.adminKeyFile) : undefined;
  }

  keepAdminKey(key: string): void {
    write(this.adminKeyFile, key);
  }

  /** Seals partners' tokens at rest; made once. 32 bytes in Base64. */
  get ocpiSecretKey(): string {
    return this.secretKey('ocpi-secret-key');
  }

  /** Wraps the keys of persons; made once. Who loses it has erased everybody. */
  get subjectSecretKey(): string {
    return this.secretKey('subject-secret-key');
  }

  private secretKey(name: string): string {
    const file = path.join(this.folder, name);
    if (!existsSync(file)) write(file, randomBytes(KEY_BYTES).toString('base64'));
    return read(file);
  }
}

const read = (file: string): string => readFileSync(file, 'utf8').trim();

/** Whole or not at all, whatever happens in between. */
function write(file: string, secret: string): void {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, `${secret}\n`, { mode: OWNER_ONLY });
  renameSync(unfinished, file);
}
