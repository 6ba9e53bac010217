import { CommandBus } from '@nestjs/cqrs';
import {
  type CdrEventEnvelope,
  type TariffEventEnvelope,
  cdrEvents,
  tariffEvents,
} from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { AnswerRerating } from '../commands/answer-rerating';
import { RefreshRerating } from '../commands/refresh-rerating';

/** Our own steps of re-ratings, and what billing makes of each session. */
@Consumer()
export class ReratingsConsumer implements TopicConsumer {
  readonly subscription = consuming(
    'tariff.reratings',
    on(tariffEvents, (message, tx) => this.step(message, tx)),
    on(cdrEvents, (message, tx) => this.answer(message, tx)),
  );

  constructor(private readonly commands: CommandBus) {}

  private async step({ event }: TariffEventEnvelope, tx: Transaction): Promise<void> {
    if (!('reratingId' in event.data) || event.type === 'SessionRerated') return;
    await this.commands.execute(new RefreshRerating(event.data.reratingId, tx));
  }

  private async answer({ event }: CdrEventEnvelope, tx: Transaction): Promise<void> {
    if (event.type !== 'CdrIssued' && event.type !== 'ReratingRefused') return;
    const { reratingId } = event.data;
    if (reratingId !== undefined)
      await this.commands.execute(new AnswerRerating(reratingId, event, tx));
  }
}
