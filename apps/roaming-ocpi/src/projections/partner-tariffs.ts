import { Inject, Injectable } from '@nestjs/common';
import { type Tariff, type TariffEventEnvelope } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { ciKey } from '@voltledger/ocpi';
import {
  DATABASE,
  type Database,
  type Kept,
  PushQueue,
  folded,
  keptRow,
  keptValues,
} from '@voltledger/platform';
import { publicObjectChanges } from './catch-ups';
import { type ListFilter, type Listed, filterParameters, filteredBy, pageOf } from './list-filter';
import { type PartnerTariff, partnerTariff, shownTariff } from './partner-tariff';
import { Partners } from './partners';
import { pushTo } from './push-kinds';

const TABLE = 'roaming_ocpi.partner_tariffs';

/** Table `partner_tariffs`: our price lists as every partner may see them, and hears of them. */
@Injectable()
export class PartnerTariffs {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(Partners) private readonly partners: Partners,
    @Inject(PushQueue) private readonly pushes: PushQueue,
  ) {}

  async project(message: TariffEventEnvelope, tx: Transaction): Promise<void> {
    const { event } = message;
    if (event.type !== 'TariffPublished' && event.type !== 'TariffWithdrawn') return;
    await publicObjectChanges(tx);
    const { tariffId } = 'tariff' in event.data ? event.data.tariff : event.data;
    const row = await keptRow<PartnerTariff>(TABLE, 'tariff_key', ciKey(tariffId), tx);
    const change = folded(row, message, (before) => partnerTariff(before, message));
    if (!change) return;
    await this.save(change.kept, message, tx);
    if (!change.isNews) return;
    const partners = await this.partners.offering('tariffs', 'RECEIVER', tx);
    await this.pushes.enqueue(
      tx,
      partners.map(({ partnerId }) => pushTo(partnerId, { kind: 'tariff', tariffId }, message)),
    );
  }

  async find(tariffId: string): Promise<PartnerTariff | undefined> {
    const [row] = await this.database.query<{ state: PartnerTariff }>(
      'select state from roaming_ocpi.partner_tariffs where tariff_key = $1',
      [ciKey(tariffId)],
    );
    return row?.state;
  }

  async list(filter: ListFilter): Promise<Listed<Tariff>> {
    const matching = `
      select * from roaming_ocpi.partner_tariffs
      where ${filteredBy('updated_at')} and not withdrawn`;
    const [row] = await this.database.query<Listed<PartnerTariff>>(
      pageOf(matching, 'created_at, tariff_key'),
      filterParameters(filter),
    );
    return { items: (row?.items ?? []).map(shownTariff), total: row?.total ?? 0 };
  }

  private async save(
    kept: Kept<PartnerTariff>,
    { recordedAt }: TariffEventEnvelope,
    tx: Transaction,
  ): Promise<void> {
    const row = kept.state;
    await tx.query(
      `insert into roaming_ocpi.partner_tariffs
         (tariff_key, country_code, party_id, withdrawn, created_at, updated_at,
          state, through, rebuild)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (tariff_key) do update set country_code = excluded.country_code,
         party_id = excluded.party_id, withdrawn = excluded.withdrawn, updated_at = excluded.updated_at,
         state = excluded.state, through = excluded.through, rebuild = excluded.rebuild`,
      [
        ciKey(row.tariffId),
        row.tariff.countryCode,
        row.tariff.partyId,
        row.withdrawn,
        recordedAt,
        row.changedAt,
        ...keptValues(kept),
      ],
    );
  }
}
