import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LOGGER, type Logger } from '@voltledger/platform';
import { takeDeadInstances } from '../outbound/connections-table';
import { ThisGateway } from '../outbound/this-gateway';
import { LostCalls } from './lost-calls';

/**
 * Ends what gateways left behind that died and may never come back under their name. One that was
 * only silent lists itself again with its next sign of life.
 */
export class BuryGateways extends Command<void> {}

@CommandHandler(BuryGateways)
export class BuryGatewaysHandler implements ICommandHandler<BuryGateways> {
  constructor(
    private readonly gateway: ThisGateway,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly lostCalls: LostCalls,
  ) {}

  async execute(): Promise<void> {
    const { aliveSince, database } = this.gateway;
    if (!aliveSince) return;
    const dead = await database.transaction(async (tx) => {
      const instances = await takeDeadInstances(tx, aliveSince);
      for (const instance of instances) await this.lostCalls.end(tx, instance);
      return instances;
    });
    if (dead.length > 0) this.logger.warn({ dead }, 'gateways gave no sign of life any more');
  }
}
