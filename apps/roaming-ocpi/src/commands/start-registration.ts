import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Cause, DomainError, type PartnerId } from '@voltledger/kernel';
import { type TokenCoding } from '@voltledger/ocpi';
import { Handshake } from '../outbound/handshake';
import { type IssuedCredentials, PartnerCredentials } from '../outbound/partner-credentials';
import { OwnPlatform } from '../own-platform';
import { PartnerDecisions } from './partner-decisions';

/** What the partner gave us out of band. */
export interface TheirInvitation {
  readonly partnerId: PartnerId;
  readonly versionsUrl: string;
  readonly token: string;
  readonly tokenCoding?: TokenCoding | undefined;
}

/** We register with a partner, in the best version that both speak. */
export class StartRegistration extends Command<void> {
  constructor(
    readonly invitation: TheirInvitation,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(StartRegistration)
export class StartRegistrationHandler implements ICommandHandler<StartRegistration> {
  constructor(
    @Inject(Handshake) private readonly handshake: Handshake,
    @Inject(PartnerCredentials) private readonly credentials: PartnerCredentials,
    @Inject(PartnerDecisions) private readonly decisions: PartnerDecisions,
    @Inject(OwnPlatform) private readonly own: OwnPlatform,
  ) {}

  /** @throws DomainError as the handshake does; the partner's row then says so too. */
  async execute({ invitation, cause }: StartRegistration): Promise<void> {
    const { partnerId, token, versionsUrl } = invitation;
    // Offered before it is agreed: the partner calls us back with it meanwhile (OCPI-CRE-10).
    const offered = await this.credentials.issue({ partnerId, outbound: token });
    const { credentialsId } = offered;
    await this.decisions.decide(
      { type: 'StartRegistration', partnerId, credentialsId, versionsUrl },
      cause,
    );
    try {
      await this.register(invitation, offered, cause);
    } catch (error) {
      if (error instanceof DomainError) await this.failed(partnerId, credentialsId, error, cause);
      throw error;
    }
  }

  private async register(
    { partnerId, token, versionsUrl, tokenCoding = 'base64' }: TheirInvitation,
    offered: IssuedCredentials,
    cause: Cause,
  ): Promise<void> {
    const { correlationId } = cause;
    const access = { token, coding: tokenCoding, routed: true };
    const greeting = { access, versionsUrl, correlationId };
    const { version, endpoints } = await this.handshake.details(greeting);
    const own = this.own.credentials(offered.inbound);
    const theirs = await this.handshake.introduce(greeting, version, endpoints, own);
    this.handshake.checkEndpoints(endpoints, theirs.roles);
    const { inbound } = offered;
    const agreed = await this.credentials.issue({ partnerId, inbound, outbound: theirs.token });
    const agreement = {
      ...{ shown: offered.credentialsId, credentialsId: agreed.credentialsId },
      ...{ endpoints, version: version.version, roles: [...theirs.roles] },
      versionsUrl: theirs.versionsUrl,
    };
    await this.decisions.decide(
      { type: 'Register', partnerId, agreement, startedBy: 'us' },
      step(cause, 'registered'),
    );
  }

  private async failed(
    partnerId: PartnerId,
    shown: string,
    { code, message }: DomainError,
    cause: Cause,
  ): Promise<void> {
    await this.decisions.decide(
      { type: 'FailRegistration', partnerId, shown, code, detail: message },
      step(cause, 'failed'),
    );
  }
}

/** A stream answers each cause once; a registration writes to it twice. */
const step = (cause: Cause, name: string): Cause => ({
  ...cause,
  causationId: `${cause.causationId}/${name}`,
});
