import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Clock } from '@voltledger/kernel';
import { CLOCK, DATABASE, type Database } from '@voltledger/platform';
import { type SessionPrice } from '../domain/session-price';
import { SessionMessages } from '../outbound/session-messages';
import { keepSession, sessionsDue } from '../tables/session-prices';
import { SessionPricer } from './session-pricer';

const BATCH = 100;

/** Tells the figures that waited for their turn, each the newest of its session. */
export class TellDuePrices extends Command<{ readonly more: boolean }> {}

@CommandHandler(TellDuePrices)
export class TellDuePricesHandler implements ICommandHandler<TellDuePrices> {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly pricer: SessionPricer,
    private readonly messages: SessionMessages,
  ) {}

  execute(): Promise<{ more: boolean }> {
    return this.database.transaction(async (tx) => {
      const due = await sessionsDue<SessionPrice>(tx, this.clock(), BATCH);
      for (const waiting of due) {
        const { row, told } = await this.pricer.figure(waiting, tx);
        await keepSession(tx, row);
        await this.messages.tell(told, row, tx);
      }
      return { more: due.length === BATCH };
    });
  }
}
