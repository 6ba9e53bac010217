import { CommandBus } from '@nestjs/cqrs';
import { type RecurringWork, Worker } from '@voltledger/platform';
import { AnnounceDepartures } from '../commands/announce-departures';
import { BuryGateways } from '../commands/bury-gateways';

@Worker()
export class DeparturesWorker implements RecurringWork {
  readonly name = 'ocpp-gateway.departures';
  readonly every = 1_000;

  constructor(private readonly commands: CommandBus) {}

  async run(): Promise<boolean> {
    await this.commands.execute(new BuryGateways());
    return this.commands.execute(new AnnounceDepartures());
  }
}
