import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Transaction } from '@voltledger/kernel';
import { Reratings } from './reratings';

/** A step of a re-rating was told: its row has to show it, also after a crash in between. */
export class RefreshRerating extends Command<void> {
  constructor(
    readonly reratingId: string,
    readonly tx: Transaction,
  ) {
    super();
  }
}

@CommandHandler(RefreshRerating)
export class RefreshReratingHandler implements ICommandHandler<RefreshRerating> {
  constructor(private readonly reratings: Reratings) {}

  execute({ reratingId, tx }: RefreshRerating): Promise<void> {
    return this.reratings.refresh(reratingId, tx);
  }
}
