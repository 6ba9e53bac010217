import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { endLostCalls } from '../outbound/calls-table';
import { dropConnections, signInstance } from '../outbound/connections-table';
import { ThisGateway } from '../outbound/this-gateway';
import { CommandAnswers } from './command-answers';

/** Before the first station is let in: tidies up after a gateway of this name that was killed. */
export class RecoverGateway extends Command<void> {}

@CommandHandler(RecoverGateway)
export class RecoverGatewayHandler implements ICommandHandler<RecoverGateway> {
  constructor(
    private readonly gateway: ThisGateway,
    private readonly answers: CommandAnswers,
  ) {}

  execute(): Promise<void> {
    const { name } = this.gateway;
    return this.gateway.database.transaction(async (tx) => {
      const now = this.gateway.now();
      await signInstance(tx, name, now);
      await dropConnections(tx, name, now);
      for (const { stationId, commandId } of await endLostCalls(tx, name, now))
        if (commandId !== null)
          await this.answers.publish(
            { stationId, commandId },
            { outcome: 'unknown' },
            commandId,
            tx,
          );
    });
  }
}
