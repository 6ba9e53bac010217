import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Cause, type PartnerId } from '@voltledger/kernel';
import { PartnerUnavailable } from '../outbound/partner-answer';
import { PartnerConversations } from '../outbound/partner-conversation';
import { PartnerDecisions } from './partner-decisions';

export interface Leaving {
  /** Why the partner may not know yet that we left. */
  readonly partnerNotTold?: string;
}

/** We unregister: the partner is told (DELETE credentials), and its tokens open nothing any more. */
export class LeavePartner extends Command<Leaving> {
  constructor(
    readonly partnerId: PartnerId,
    readonly by: string,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(LeavePartner)
export class LeavePartnerHandler implements ICommandHandler<LeavePartner> {
  constructor(
    @Inject(PartnerConversations) private readonly conversations: PartnerConversations,
    @Inject(PartnerDecisions) private readonly decisions: PartnerDecisions,
  ) {}

  async execute({ partnerId, by, cause }: LeavePartner): Promise<Leaving> {
    const problem = await this.tell(partnerId, cause);
    await this.decisions.decide({ type: 'Unregister', partnerId, by }, cause);
    return problem === undefined ? {} : { partnerNotTold: problem };
  }

  /** A partner that is down must not keep us from leaving. */
  private async tell(partnerId: PartnerId, cause: Cause): Promise<string | undefined> {
    try {
      const conversation = await this.conversations.with(partnerId, cause);
      const url = conversation.partner.endpoints.find(
        ({ module }) => module === 'credentials',
      )?.url;
      if (url === undefined) return 'it has no credentials endpoint';
      const answer = await conversation.call({ method: 'DELETE', url });
      return answer.outcome === 'success' ? undefined : answer.detail;
    } catch (error) {
      if (error instanceof PartnerUnavailable) return error.message;
      throw error;
    }
  }
}
