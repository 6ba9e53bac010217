import { Inject } from '@nestjs/common';
import { type SessionEventEnvelope, sessionEvents } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { RoamingMessages } from '../projections/roaming-messages';

/** Without a connection to Hubject nobody knows an unknown token: the driver need not wait. */
@Consumer()
export class UnconnectedConsumer implements TopicConsumer {
  readonly subscription = consuming(
    'roaming-oicp.authorization-requests',
    on(sessionEvents, (message, tx) => this.receive(message, tx)),
  );

  constructor(@Inject(RoamingMessages) private readonly messages: RoamingMessages) {}

  private async receive(
    { event, correlationId }: SessionEventEnvelope,
    tx: Transaction,
  ): Promise<void> {
    if (event.type !== 'RoamingAuthorizationRequested' || event.data.payer) return;
    await this.messages.answer({ ...event.data, correlationId }, 'UNKNOWN', tx);
  }
}
