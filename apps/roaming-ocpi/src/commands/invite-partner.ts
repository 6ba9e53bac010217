import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Cause, type PartnerId } from '@voltledger/kernel';
import { newUuid } from '@voltledger/platform';
import { PartnerCredentials } from '../outbound/partner-credentials';
import { OwnPlatform } from '../own-platform';
import { PartnerDecisions } from './partner-decisions';

/** What goes to the partner by mail or phone: once, and never through OCPI (OCPI-CRE-01). */
export interface Invitation {
  readonly token: string;
  readonly versionsUrl: string;
}

/** Makes the token with which a partner may register with us. An earlier one becomes void. */
export class InvitePartner extends Command<Invitation> {
  constructor(
    readonly partnerId: PartnerId,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(InvitePartner)
export class InvitePartnerHandler implements ICommandHandler<InvitePartner> {
  constructor(
    @Inject(PartnerCredentials) private readonly credentials: PartnerCredentials,
    @Inject(PartnerDecisions) private readonly decisions: PartnerDecisions,
    @Inject(OwnPlatform) private readonly own: OwnPlatform,
  ) {}

  async execute({ partnerId, cause }: InvitePartner): Promise<Invitation> {
    const { credentialsId, inbound } = await this.credentials.issue({ partnerId });
    // Every invitation is a new one, even when the request comes again: its token is shown once.
    const anew = { ...cause, causationId: newUuid() };
    await this.decisions.decide({ type: 'Invite', partnerId, credentialsId }, anew);
    return { token: inbound, versionsUrl: this.own.versionsUrl };
  }
}
