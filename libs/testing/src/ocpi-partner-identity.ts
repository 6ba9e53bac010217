import { type Endpoint, type OcpiVersion, type Wire } from '@voltledger/ocpi';
import { type PartnerParty } from './ocpi-partner-tokens';

const RECEIVED = ['locations', 'tariffs', 'sessions', 'cdrs'];
const SENT = ['credentials', 'tokens', 'commands'];

/** Who the simulated partner is, and where it offers what. */
export class PartnerIdentity {
  /** Modules that it does not offer. */
  readonly lacking = new Set<string>();

  constructor(
    readonly party: PartnerParty,
    readonly version: OcpiVersion,
    private readonly origin: () => string,
  ) {}

  get versionsUrl(): string {
    return `${this.origin()}/emsp/versions`;
  }

  url(...path: readonly string[]): string {
    return [`${this.origin()}/emsp`, this.version.version, ...path].join('/');
  }

  credentials(token: string): Wire {
    const roles = [{ ...this.party, role: 'EMSP' }];
    return this.version.writeCredentials({ token, versionsUrl: this.versionsUrl, roles });
  }

  versions(): readonly Wire[] {
    return [{ version: this.version.version, url: this.url() }];
  }

  details(): Wire {
    const endpoints: Endpoint[] = [
      ...RECEIVED.map((module) => ({ module, role: 'RECEIVER' as const, url: this.url(module) })),
      ...SENT.map((module) => ({ module, role: 'SENDER' as const, url: this.url(module) })),
    ];
    return this.version.writeDetails(endpoints.filter(({ module }) => !this.lacking.has(module)));
  }
}
