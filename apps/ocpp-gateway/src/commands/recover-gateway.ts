import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dropConnections, signInstance } from '../outbound/connections-table';
import { ThisGateway } from '../outbound/this-gateway';
import { LostCalls } from './lost-calls';

/** Before the first station is let in: tidies up after a gateway of this name that was killed. */
export class RecoverGateway extends Command<void> {}

@CommandHandler(RecoverGateway)
export class RecoverGatewayHandler implements ICommandHandler<RecoverGateway> {
  constructor(
    private readonly gateway: ThisGateway,
    private readonly lostCalls: LostCalls,
  ) {}

  async execute(): Promise<void> {
    const { name } = this.gateway;
    const now = this.gateway.now();
    await this.gateway.database.transaction(async (tx) => {
      await signInstance(tx, name, now);
      await dropConnections(tx, name, now);
      await this.lostCalls.end(tx, name);
    });
    this.gateway.signed(now);
  }
}
