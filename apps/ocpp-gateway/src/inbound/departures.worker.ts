import { CommandBus } from '@nestjs/cqrs';
import { type RecurringWork, Worker } from '@voltledger/platform';
import { AnnounceDepartures } from '../commands/announce-departures';

@Worker()
export class DeparturesWorker implements RecurringWork {
  readonly name = 'ocpp-gateway.departures';
  readonly every = 1_000;

  constructor(private readonly commands: CommandBus) {}

  run(): Promise<boolean> {
    return this.commands.execute(new AnnounceDepartures());
  }
}
