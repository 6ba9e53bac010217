import { CommandBus } from '@nestjs/cqrs';
import { type RoamingEvent, type RoamingEventEnvelope, roamingEvents } from '@voltledger/contracts';
import { type Cause, DomainError, type Transaction } from '@voltledger/kernel';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { RefuseStop } from '../commands/refuse-stop';
import { RequestStart } from '../commands/request-start';
import { RequestStop } from '../commands/request-stop';
import { SettleAuthorization } from '../commands/settle-authorization';
import { keepToken } from '../tables/tokens';
import { causeOf } from './cause-of';

type DataOf<Type extends RoamingEvent['type']> = Extract<RoamingEvent, { type: Type }>['data'];

/** What roaming partners want, and what they say of their tokens. */
@Consumer()
export class RoamingEventsConsumer implements TopicConsumer {
  readonly subscription = consuming(
    'session.roaming-events',
    on(roamingEvents, (message, tx) => this.receive(message, tx)),
  );

  constructor(private readonly commands: CommandBus) {}

  private async receive(message: RoamingEventEnvelope, tx: Transaction): Promise<void> {
    const { event } = message;
    const cause = causeOf(message);
    switch (event.type) {
      case 'TokenReceived':
        return keepToken(tx, event.data.token);
      case 'RoamingAuthorizationAnswered': {
        const { requestId, answer } = event.data;
        return this.commands.execute(new SettleAuthorization(requestId, answer, cause, tx));
      }
      case 'RemoteStartRequested':
        return this.start(event.data, cause);
      case 'RemoteStopRequested':
        return this.stop(event.data, cause);
      case 'CdrDelivered':
      case 'CdrRejectedByPartner':
        // Billing's affair.
        return;
    }
  }

  /** An EVSE we do not have is an answer too: the start's stream gives it. */
  private async start(
    { evseUid, at: _at, ...wanted }: DataOf<'RemoteStartRequested'>,
    cause: Cause,
  ): Promise<void> {
    await this.commands.execute(new RequestStart({ ...wanted, where: { evseUid } }, cause));
  }

  private async stop(
    { at: _at, ...wanted }: DataOf<'RemoteStopRequested'>,
    cause: Cause,
  ): Promise<void> {
    try {
      await this.commands.execute(new RequestStop(wanted, cause));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.commands.execute(new RefuseStop(wanted.sessionId, wanted.commandId, cause));
    }
  }
}
