import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type StationCommandEnvelope, stationCommands } from '@voltledger/contracts';
import { type GroupSubscription } from '@voltledger/kernel';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { OrderStation } from '../commands/order-station';
import { TakeVerdict } from '../commands/take-verdict';
import { type Config, GATEWAY_CONFIG } from '../config';

/**
 * What the session service wants of stations. Every gateway reads all of it, in a group of its own,
 * and serves the stations it holds; what was said before it first came up concerns it no more.
 */
@Consumer()
export class StationCommandsConsumer implements TopicConsumer {
  readonly subscription: GroupSubscription;

  constructor(
    @Inject(GATEWAY_CONFIG) { GATEWAY_INSTANCE }: Config,
    private readonly commands: CommandBus,
  ) {
    this.subscription = {
      ...consuming(
        `ocpp-gateway.${GATEWAY_INSTANCE}`,
        on(stationCommands, (message) => this.receive(message)),
      ),
      startAt: 'end',
    };
  }

  private receive({ event, correlationId }: StationCommandEnvelope): Promise<void> {
    switch (event.type) {
      case 'AuthorizationAnswered':
        return this.commands.execute(new TakeVerdict(event.data.requestId, event.data.verdict));
      case 'StartCharging':
      case 'StopCharging':
      case 'AskTransactionStatus':
        return this.commands.execute(new OrderStation(event, correlationId));
    }
  }
}
