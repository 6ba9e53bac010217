import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files of a certificate and its key, PEM. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

export const hasOpenssl = ((): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** A certificate authority for one test, in a folder of its own. */
export class TestAuthority implements CertificateFiles {
  private readonly folder = mkdtempSync(join(tmpdir(), 'oicp-ca-'));
  readonly certificate = join(this.folder, 'ca.pem');
  readonly key = join(this.folder, 'ca.key');

  constructor(name: string) {
    this.openssl(
      'req',
      '-x509',
      ...KEY,
      '-keyout',
      this.key,
      '-out',
      this.certificate,
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
    );
  }

  /** For 127.0.0.1 as a server, and as a client. */
  issue(name: string, days = 2): CertificateFiles {
    const file = name.replace(/\W/g, '-');
    const [request, key] = [join(this.folder, `${file}.csr`), join(this.folder, `${file}.key`)];
    const certificate = join(this.folder, `${file}.pem`);
    const extensions = join(this.folder, `${file}.ext`);
    writeFileSync(extensions, 'subjectAltName=IP:127.0.0.1\n');
    this.openssl('req', ...KEY, '-keyout', key, '-out', request, '-subj', `/CN=${name}`);
    this.openssl(
      'x509',
      '-req',
      '-in',
      request,
      '-CA',
      this.certificate,
      '-CAkey',
      this.key,
      '-CAcreateserial',
      '-days',
      String(days),
      '-extfile',
      extensions,
      '-out',
      certificate,
    );
    return { certificate, key };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private openssl(...args: readonly string[]): void {
    execFileSync('openssl', args, { stdio: 'pipe' });
  }
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'] as const;
