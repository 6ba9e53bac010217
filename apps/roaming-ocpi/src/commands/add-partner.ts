import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Cause, type PartnerId } from '@voltledger/kernel';
import { type TokenCoding } from '@voltledger/ocpi';
import { PartnerDecisions } from './partner-decisions';

export interface PartnerDescription {
  readonly partnerId: PartnerId;
  readonly name: string;
  readonly hosts: readonly string[];
  readonly tokenCoding?: TokenCoding | undefined;
}

/** Makes a partner known. It can do nothing yet: invite it, or register with it. */
export class AddPartner extends Command<void> {
  constructor(
    readonly partner: PartnerDescription,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(AddPartner)
export class AddPartnerHandler implements ICommandHandler<AddPartner> {
  constructor(@Inject(PartnerDecisions) private readonly decisions: PartnerDecisions) {}

  async execute({ partner, cause }: AddPartner): Promise<void> {
    const hosts = [...partner.hosts];
    await this.decisions.decide({ ...partner, hosts, type: 'Add' }, cause);
  }
}
