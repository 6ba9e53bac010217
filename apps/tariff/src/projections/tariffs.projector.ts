import { type TariffEventEnvelope, tariffEvents } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { keepTariff, keepWithdrawal } from '../tables/tariffs';
import { PROJECTIONS } from './rebuildable';

/** All tariffs and their versions, to list them and to find the one a session starts under. */
@Consumer()
export class TariffsProjector implements TopicConsumer {
  readonly subscription = consuming(
    PROJECTIONS.tariffs.group,
    on(tariffEvents, (message, tx) => this.hear(message, tx)),
  );

  private async hear({ event }: TariffEventEnvelope, tx: Transaction): Promise<void> {
    if (event.type === 'TariffPublished')
      await keepTariff(tx, event.data.tariff, event.data.version);
    if (event.type === 'TariffWithdrawn')
      await keepWithdrawal(tx, event.data.tariffId, event.data.at);
  }
}
