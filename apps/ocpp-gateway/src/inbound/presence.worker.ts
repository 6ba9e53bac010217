import { CommandBus } from '@nestjs/cqrs';
import { type RecurringWork, Worker } from '@voltledger/platform';
import { ReviewHeld } from '../commands/review-held';

@Worker()
export class PresenceWorker implements RecurringWork {
  readonly name = 'ocpp-gateway.presence';
  /** Well below the silence after which a gateway counts as dead. */
  readonly every = 3_000;

  constructor(private readonly commands: CommandBus) {}

  async run(): Promise<boolean> {
    await this.commands.execute(new ReviewHeld());
    return false;
  }
}
