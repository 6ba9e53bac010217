import { Inject, Injectable } from '@nestjs/common';
import {
  type Endpoint,
  type ListedVersion,
  type OcpiVersion,
  type PartyRole,
  type PlatformCredentials,
  ocpiVersions,
  readVersions,
} from '@voltledger/ocpi';
import { z } from 'zod';
import { CONFIG, type Config } from '../config';
import { PartnerUnavailable } from './partner-answer';
import { PartnerClient, type PeerAccess } from './partner-client';
import { apiUnusable, endpointsMissing, versionNotOffered } from './handshake-errors';

export interface Greeting {
  readonly access: PeerAccess;
  readonly versionsUrl: string;
  readonly correlationId: string;
}

/** Reads a partner's versions and details, and sends it our credentials. */
@Injectable()
export class Handshake {
  constructor(
    @Inject(PartnerClient) private readonly client: PartnerClient,
    @Inject(CONFIG) private readonly config: Pick<Config, 'OCPI_REQUIRED_MODULES'>,
  ) {}

  /**
   * The partner's endpoints in this version, or in the best that both speak (OCPI-VER-07).
   *
   * @throws DomainError PARTNER_API_UNUSABLE, VERSION_NOT_OFFERED
   */
  async details(greeting: Greeting, wanted?: OcpiVersion) {
    const listed = await this.fetched(greeting, greeting.versionsUrl, readVersions);
    const version = wanted ?? bestOf(listed);
    const entry = listed.find((each) => each.version === version?.version);
    if (!version || !entry) throw versionNotOffered(listed.map((each) => each.version));
    const endpoints = await this.fetched(greeting, entry.url, version.readDetails);
    return { version, endpoints };
  }

  /** @throws DomainError ENDPOINTS_MISSING: what an eMSP needs to be billed (OCPI-CRE-15). */
  checkEndpoints(endpoints: readonly Endpoint[], roles: readonly PartyRole[]): void {
    if (!roles.some(({ role }) => role === 'EMSP')) return;
    const missing = this.config.OCPI_REQUIRED_MODULES.filter(
      (required) =>
        !endpoints.some(({ module, role }) => module === required && role === 'RECEIVER'),
    );
    if (missing.length > 0) throw endpointsMissing(missing);
  }

  /** @throws DomainError PARTNER_API_UNUSABLE, ENDPOINTS_MISSING */
  async introduce(
    { access, correlationId }: Greeting,
    version: OcpiVersion,
    endpoints: readonly Endpoint[],
    own: PlatformCredentials,
  ): Promise<PlatformCredentials> {
    const endpoint = endpoints.find(({ module }) => module === 'credentials');
    if (!endpoint) throw endpointsMissing(['credentials']);
    return unusableUnless(async () => {
      const { url } = endpoint;
      const body = version.writeCredentials(own);
      const answer = await this.client.call(access, { method: 'POST', url, body, correlationId });
      if (answer.outcome === 'success') return version.readCredentials(answer.data);
      throw new PartnerUnavailable(answer.detail, answer.code);
    });
  }

  private fetched<Result>(
    { access, correlationId }: Greeting,
    url: string,
    read: (data: unknown) => Result,
  ): Promise<Result> {
    return unusableUnless(async () => {
      const answer = await this.client.call(access, { url, correlationId });
      if (answer.outcome === 'success') return read(answer.data);
      throw new PartnerUnavailable(answer.detail, answer.code);
    });
  }
}

/** The best that both speak: our list has the one we prefer last. */
const bestOf = (listed: readonly ListedVersion[]): OcpiVersion | undefined =>
  [...ocpiVersions.values()].findLast((ours) =>
    listed.some(({ version }) => version === ours.version),
  );

async function unusableUnless<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PartnerUnavailable) throw apiUnusable(error.code, error.message);
    if (error instanceof z.ZodError) throw apiUnusable('UNREADABLE', z.prettifyError(error));
    throw error;
  }
}
