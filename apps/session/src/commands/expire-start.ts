import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Cause, type Clock, type Transaction } from '@voltledger/kernel';
import { CLOCK } from '@voltledger/platform';
import { closeStart } from '../tables/pending-starts';
import { Streams } from './streams';

/** A start was accepted, or never answered, and no transaction came. */
export class ExpireStart extends Command<void> {
  constructor(
    readonly startId: string,
    readonly cause: Cause,
    readonly tx: Transaction,
  ) {
    super();
  }
}

@CommandHandler(ExpireStart)
export class ExpireStartHandler implements ICommandHandler<ExpireStart> {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly streams: Streams,
  ) {}

  async execute({ startId, cause, tx }: ExpireStart): Promise<void> {
    await this.streams.start({ type: 'ExpireStart', startId, at: this.clock() }, cause);
    await closeStart(tx, startId);
  }
}
