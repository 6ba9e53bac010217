import { randomUUID } from 'node:crypto';
import {
  type Endpoint,
  type InterfaceRole,
  type OcpiVersion,
  authorizationHeader,
  nextPage,
  objectUrl,
  readVersions,
} from '@voltledger/ocpi';
import { type JsonObject } from './ocpi-partner-objects';
import { type PartnerParty } from './ocpi-partner-tokens';

export interface CpoAnswer {
  readonly http: number;
  readonly status: number;
  readonly message: string | undefined;
  readonly data: unknown;
  readonly headers: Headers;
}

/** How the simulated partner calls the CPO. */
export class PartnerCalls {
  token = '';
  endpoints: readonly Endpoint[] = [];

  constructor(
    private readonly version: OcpiVersion,
    private readonly party: PartnerParty,
  ) {}

  /** Reads the CPO's versions and the details of ours. */
  async discover(versionsUrl: string, token: string): Promise<readonly Endpoint[]> {
    const listed = readVersions((await this.send('GET', versionsUrl, { token })).data);
    const entry = listed.find(({ version }) => version === this.version.version);
    if (!entry) throw new Error(`the CPO does not offer OCPI ${this.version.version}`);
    return this.version.readDetails((await this.send('GET', entry.url, { token })).data);
  }

  endpoint(module: string, role: InterfaceRole): string {
    const found = this.endpoints.find((each) => each.module === module && each.role === role);
    if (!found) throw new Error(`the CPO offers no ${role} of ${module}`);
    return found.url;
  }

  /** A call of a functional module. */
  call(
    method: string,
    module: string,
    role: InterfaceRole,
    path: readonly string[] = [],
    body?: unknown,
  ): Promise<CpoAnswer> {
    return this.send(method, objectUrl(this.endpoint(module, role), ...path), { body });
  }

  /** All pages of a list. */
  async pull(module: string, query: Readonly<Record<string, string>> = {}): Promise<JsonObject[]> {
    const objects: JsonObject[] = [];
    const first = `${this.endpoint(module, 'SENDER')}?${new URLSearchParams(query).toString()}`;
    for (let url: string | undefined = first; url !== undefined;) {
      const page: CpoAnswer = await this.send('GET', url);
      if (page.status !== 1000) throw new Error(`${page.status} ${String(page.message)}`);
      objects.push(...(page.data as JsonObject[]));
      url = nextPage(page.headers.get('link'));
    }
    return objects;
  }

  async send(
    method: string,
    url: string,
    { token = this.token, body }: { token?: string; body?: unknown } = {},
  ): Promise<CpoAnswer> {
    const response = await fetch(url, {
      method,
      headers: {
        authorization: authorizationHeader(token, this.version.tokenCoding),
        'x-request-id': randomUUID(),
        'x-correlation-id': randomUUID(),
        'ocpi-from-country-code': this.party.countryCode,
        'ocpi-from-party-id': this.party.partyId,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    return {
      http: response.status,
      status: Number(answer['status_code']),
      message: answer['status_message'] as string | undefined,
      data: answer['data'],
      headers: response.headers,
    };
  }
}
