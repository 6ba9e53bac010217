import { Inject, Injectable } from '@nestjs/common';
import { type Tariff, type TariffEventEnvelope } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { ciKey } from '@voltledger/ocpi';
import { DATABASE, type Database, PushQueue } from '@voltledger/platform';
import { publicObjectChanges } from './catch-ups';
import { type ListFilter, type Listed, filterParameters, filteredBy, pageOf } from './list-filter';
import { type PartnerTariff, partnerTariff, shownTariff } from './partner-tariff';
import { Partners } from './partners';
import { pushTo } from './push-kinds';
import { QuietRebuild } from './quiet-rebuild';

/** Table `partner_tariffs`: our price lists as every partner may see them, and hears of them. */
@Injectable()
export class PartnerTariffs {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(Partners) private readonly partners: Partners,
    @Inject(PushQueue) private readonly pushes: PushQueue,
    @Inject(QuietRebuild) private readonly rebuild: QuietRebuild,
  ) {}

  async project(message: TariffEventEnvelope, tx: Transaction): Promise<void> {
    const { event } = message;
    if (event.type !== 'TariffPublished' && event.type !== 'TariffWithdrawn') return;
    await publicObjectChanges(tx);
    const { tariffId } = 'tariff' in event.data ? event.data.tariff : event.data;
    const before = await this.find(tariffId, tx);
    const next = partnerTariff(before, message);
    if (!next || next === before) return;
    await this.save(next, message, tx);
    if (!(await this.rebuild.isNews('tariffs', message.recordedAt, tx))) return;
    const partners = await this.partners.offering('tariffs', 'RECEIVER', tx);
    await this.pushes.enqueue(
      tx,
      partners.map(({ partnerId }) => pushTo(partnerId, { kind: 'tariff', tariffId }, message)),
    );
  }

  async find(tariffId: string, tx: Transaction = this.database) {
    const [row] = await tx.query<{ state: PartnerTariff }>(
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
    row: PartnerTariff,
    { recordedAt }: TariffEventEnvelope,
    tx: Transaction,
  ): Promise<void> {
    await tx.query(
      `insert into roaming_ocpi.partner_tariffs
         (tariff_key, country_code, party_id, withdrawn, state, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (tariff_key) do update set country_code = excluded.country_code,
         party_id = excluded.party_id, withdrawn = excluded.withdrawn, state = excluded.state,
         updated_at = excluded.updated_at`,
      [
        ciKey(row.tariffId),
        row.tariff.countryCode,
        row.tariff.partyId,
        row.withdrawn,
        JSON.stringify(row),
        recordedAt,
        row.changedAt,
      ],
    );
  }
}
