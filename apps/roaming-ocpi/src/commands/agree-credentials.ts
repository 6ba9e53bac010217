import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Cause, type PartnerId } from '@voltledger/kernel';
import { type OcpiVersion, type PlatformCredentials, type TokenCoding } from '@voltledger/ocpi';
import { checkMayAgree } from '../domain/partner';
import { Handshake } from '../outbound/handshake';
import { PartnerCredentials } from '../outbound/partner-credentials';
import { OwnPlatform } from '../own-platform';
import { PartnerDecisions } from './partner-decisions';

export interface OfferedCredentials {
  readonly partnerId: PartnerId;
  /** Those that the partner showed with its request. */
  readonly shown: string;
  readonly version: OcpiVersion;
  readonly theirs: PlatformCredentials;
  readonly tokenCoding?: TokenCoding | undefined;
}

/** A partner registers with us (POST), or renews what was agreed (PUT). Answers our credentials. */
export class AgreeCredentials extends Command<PlatformCredentials> {
  constructor(
    readonly type: 'Register' | 'Renew',
    readonly offer: OfferedCredentials,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(AgreeCredentials)
export class AgreeCredentialsHandler implements ICommandHandler<AgreeCredentials> {
  constructor(
    @Inject(Handshake) private readonly handshake: Handshake,
    @Inject(PartnerCredentials) private readonly credentials: PartnerCredentials,
    @Inject(PartnerDecisions) private readonly decisions: PartnerDecisions,
    @Inject(OwnPlatform) private readonly own: OwnPlatform,
  ) {}

  /**
   * Calls the partner back before it answers (OCPI-CRE-03). Nothing counts until the event is
   * written: a failure on the way leaves the tokens of both sides as they were (OCPI-CRE-09).
   */
  async execute({ type, offer, cause }: AgreeCredentials): Promise<PlatformCredentials> {
    const { partnerId, shown, version, theirs } = offer;
    checkMayAgree(type, shown, await this.decisions.state(partnerId));
    const endpoints = await this.endpointsOf(offer, cause);
    const issued = await this.credentials.issue({ partnerId, outbound: theirs.token });
    const agreement = {
      ...{ shown, endpoints, version: version.version, roles: [...theirs.roles] },
      ...{ credentialsId: issued.credentialsId, versionsUrl: theirs.versionsUrl },
    };
    const decision =
      type === 'Renew'
        ? { type, partnerId, agreement }
        : { type, partnerId, agreement, startedBy: 'partner' as const };
    await this.decisions.decide(decision, cause);
    return this.own.credentials(issued.inbound);
  }

  private async endpointsOf(
    { version, theirs, tokenCoding }: OfferedCredentials,
    { correlationId }: Cause,
  ) {
    const coding = tokenCoding ?? version.tokenCoding;
    const access = { token: theirs.token, coding, routed: version.routed };
    const greeting = { access, versionsUrl: theirs.versionsUrl, correlationId };
    const { endpoints } = await this.handshake.details(greeting, version);
    this.handshake.checkEndpoints(endpoints, theirs.roles);
    return endpoints;
  }
}
