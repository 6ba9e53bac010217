import { Inject, Injectable } from '@nestjs/common';
import { type PartnerId } from '@voltledger/kernel';
import { type InterfaceRole, type OcpiVersion, type Party, ocpiVersions } from '@voltledger/ocpi';
import { type Partner, endpointOf } from '../projections/partner';
import { Partners } from '../projections/partners';
import { type PartnerAnswer, PartnerUnavailable } from './partner-answer';
import { type PartnerCall, PartnerClient, type PeerAccess } from './partner-client';
import { PartnerCredentials } from './partner-credentials';

/** A registered partner with everything needed to call it. */
export interface PartnerConversation {
  readonly partner: Partner;
  readonly version: OcpiVersion;
  /** The party that objects without one of their own go to. */
  readonly party: Party;
  endpoint(module: string, role: InterfaceRole): string | undefined;
  call(call: Omit<PartnerCall, 'correlationId'>): Promise<PartnerAnswer>;
}

export interface Story {
  readonly correlationId: string;
  readonly signal?: AbortSignal | undefined;
}

/** Nothing will ever be told to it. */
export const PARTNER_DELETED = 'PARTNER_DELETED';

/** Opens conversations with partners that are registered and not suspended. */
@Injectable()
export class PartnerConversations {
  constructor(
    @Inject(Partners) private readonly partners: Partners,
    @Inject(PartnerCredentials) private readonly credentials: PartnerCredentials,
    @Inject(PartnerClient) private readonly client: PartnerClient,
  ) {}

  /** @throws PartnerUnavailable when we do not talk to it at the moment. */
  async with(partnerId: PartnerId, story: Story): Promise<PartnerConversation> {
    const partner = await this.partners.find(partnerId);
    if (!partner || partner.status === 'deleted')
      throw new PartnerUnavailable('there is no such partner any more', PARTNER_DELETED);
    if (partner.status !== 'registered')
      throw new PartnerUnavailable(`the partner is ${partner.status}`, 'NOT_CONNECTED');
    const version = versionOf(partner);
    const access = await this.access(partner, version);
    return {
      partner,
      version,
      party: mainPartyOf(partner),
      endpoint: (module, role) => endpointOf(partner, module, role),
      call: (call) =>
        this.client.call(access, {
          ...call,
          correlationId: story.correlationId,
          signal: call.signal ?? story.signal,
        }),
    };
  }

  private async access(partner: Partner, version: OcpiVersion): Promise<PeerAccess> {
    const { partnerId, credentialsId = '' } = partner;
    const token = await this.credentials.outboundToken(credentialsId);
    if (token === undefined) throw new Error(`no token to show partner ${partnerId}`);
    return { token, coding: partner.tokenCoding ?? version.tokenCoding, routed: version.routed };
  }
}

export function versionOf(partner: Partner): OcpiVersion {
  const version = ocpiVersions.get(partner.version ?? '');
  if (!version)
    throw new Error(`partner agreed on OCPI ${String(partner.version)}, which we do not speak`);
  return version;
}

/** An eMSP's where there is one: most of what we send is for drivers. */
function mainPartyOf({ partnerId, roles }: Partner): Party {
  const party = roles.find(({ role }) => role === 'EMSP') ?? roles[0];
  if (!party) throw new Error(`partner ${partnerId} has no role`);
  return party;
}
