import { Inject } from '@nestjs/common';
import { type SessionEventEnvelope, sessionEvents } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { AuthorizationRequests } from '../projections/authorization-requests';
import { PartnerCommands } from '../projections/partner-commands';

/** Questions for partners, and answers to what they asked for. */
@Consumer()
export class ConversationsConsumer implements TopicConsumer {
  constructor(
    @Inject(AuthorizationRequests) private readonly authorizations: AuthorizationRequests,
    @Inject(PartnerCommands) private readonly commands: PartnerCommands,
  ) {}

  readonly subscription = consuming(
    'roaming-ocpi.conversations',
    on(sessionEvents, (message, tx) => this.receive(message, tx)),
  );

  private async receive(message: SessionEventEnvelope, tx: Transaction): Promise<void> {
    await this.authorizations.project(message, tx);
    await this.commands.project(message, tx);
  }
}
