import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Cause, type PartnerId } from '@voltledger/kernel';
import { PartnerDecisions } from './partner-decisions';

/** Steps that change nothing but a partner's standing with us. */
export type PartnerChange =
  | { readonly type: 'Suspend'; readonly by: string; readonly reason: string }
  | { readonly type: 'Resume' | 'Delete' | 'Unregister'; readonly by: string };

/** Suspends, resumes, unregisters or deletes a partner. */
export class ChangePartner extends Command<void> {
  constructor(
    readonly partnerId: PartnerId,
    readonly change: PartnerChange,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(ChangePartner)
export class ChangePartnerHandler implements ICommandHandler<ChangePartner> {
  constructor(@Inject(PartnerDecisions) private readonly decisions: PartnerDecisions) {}

  async execute({ partnerId, change, cause }: ChangePartner): Promise<void> {
    await this.decisions.decide({ partnerId, ...change }, cause);
  }
}
