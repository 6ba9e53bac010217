import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import { type Instant, instantAt } from '@voltledger/kernel';
import { type ClientCertificate } from '@voltledger/platform';
import { CONNECTION, type Connection } from './config';

interface Cached {
  readonly changedAt: number;
  readonly text: string;
}

/** PEM, as `https.createServer` takes them. */
export interface ServerCertificates {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

/**
 * Our certificates and whom we trust, read from files again when they change: no restart needed
 * (OICP-TRN-06). Trust is OICP's own: neither the system's nor another listener's (OICP-TRN-04).
 */
@Injectable()
export class Certificates {
  private readonly files = new Map<string, Cached>();

  constructor(@Inject(CONNECTION) private readonly connection: Connection) {}

  /** For calling the broker; undefined when none is configured (a test broker over plain HTTP). */
  async client(): Promise<ClientCertificate | undefined> {
    const { OICP_CLIENT_CERTIFICATE_FILE, OICP_CLIENT_KEY_FILE, OICP_BROKER_CA_FILE } =
      this.connection.config;
    if (OICP_CLIENT_CERTIFICATE_FILE === undefined || OICP_CLIENT_KEY_FILE === undefined)
      return undefined;
    const passphrase = this.connection.config.OICP_CLIENT_KEY_PASSPHRASE;
    return {
      certificate: await this.text(OICP_CLIENT_CERTIFICATE_FILE),
      privateKey: await this.text(OICP_CLIENT_KEY_FILE),
      ...(passphrase !== undefined && { passphrase }),
      ...(OICP_BROKER_CA_FILE !== undefined && { trusted: await this.text(OICP_BROKER_CA_FILE) }),
    };
  }

  /** When our client certificate expires: Hubject then answers 017 to everything (OICP-TRN-05). */
  async expiresAt(): Promise<Instant | undefined> {
    const own = await this.client();
    if (!own) return undefined;
    return instantAt(Date.parse(new X509Certificate(own.certificate).validTo));
  }

  /** For being called by the broker: who we are, and the only CA whose certificates come in. */
  async server(): Promise<ServerCertificates> {
    const { config } = this.connection;
    return {
      cert: await this.text(given(config.OICP_INBOUND_CERTIFICATE_FILE)),
      key: await this.text(given(config.OICP_INBOUND_KEY_FILE)),
      ca: await this.text(given(config.OICP_INBOUND_BROKER_CA_FILE)),
    };
  }

  /** @throws Error naming the file when it cannot be read. */
  private async text(path: string): Promise<string> {
    const { mtimeMs } = await stat(path);
    const known = this.files.get(path);
    if (known?.changedAt === mtimeMs) return known.text;
    const text = await readFile(path, 'utf8');
    this.files.set(path, { changedAt: mtimeMs, text });
    return text;
  }
}

/** The schema of the settings has made sure of it. */
function given(path: string | undefined): string {
  if (path === undefined) throw new Error('a certificate file is not configured');
  return path;
}
