import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { FullLoadsWorker } from '../outbound/full-loads.worker';

/** An operator wants Hubject's picture replaced as a whole. */
export class RequestFullLoad extends Command<void> {
  constructor(
    readonly sequence: 'evse-data' | 'evse-status',
    /** It may be much smaller than what Hubject has, down to nothing: somebody looked. */
    readonly confirmed: boolean,
  ) {
    super();
  }
}

@CommandHandler(RequestFullLoad)
export class RequestFullLoadHandler implements ICommandHandler<RequestFullLoad> {
  constructor(@Inject(FullLoadsWorker) private readonly loads: FullLoadsWorker) {}

  execute({ sequence, confirmed }: RequestFullLoad): Promise<void> {
    return this.loads.request(sequence, { confirmed });
  }
}
