import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Cause } from '@voltledger/kernel';
import { type Only } from '../domain/session-command';
import { Streams } from './streams';

/** The tariff service has fixed a session's tariff, or counted what it costs so far. */
export class PriceSession extends Command<void> {
  constructor(
    readonly price: Only<'AttachTariff' | 'RecordCost'>,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(PriceSession)
export class PriceSessionHandler implements ICommandHandler<PriceSession> {
  constructor(private readonly streams: Streams) {}

  async execute({ price, cause }: PriceSession): Promise<void> {
    await this.streams.session(price, cause);
  }
}
