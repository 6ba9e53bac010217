import { CommandBus } from '@nestjs/cqrs';
import { type RecurringWork, Worker } from '@voltledger/platform';
import { ServeMailbox } from '../commands/serve-mailbox';

@Worker()
export class MailboxWorker implements RecurringWork {
  readonly name = 'ocpp-gateway.mailbox';
  readonly every = 250;

  constructor(private readonly commands: CommandBus) {}

  run(): Promise<boolean> {
    return this.commands.execute(new ServeMailbox());
  }
}
