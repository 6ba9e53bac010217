import { Inject, Injectable } from '@nestjs/common';
import { type Cdr, type CdrEventEnvelope } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { ciKey } from '@voltledger/ocpi';
import { DATABASE, type Database, PushQueue } from '@voltledger/platform';
import { type ListFilter, type Listed, filterParameters, filteredBy, pageOf } from './list-filter';
import { type PartnerCdr, partnerCdr } from './partner-cdr';
import { pushTo } from './push-kinds';

/** Table `partner_cdrs`: each CDR, for the one partner that pays it. What is in a row never changes. */
@Injectable()
export class PartnerCdrs {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(PushQueue) private readonly pushes: PushQueue,
  ) {}

  async project(message: CdrEventEnvelope, tx: Transaction): Promise<void> {
    const row = partnerCdr(message);
    if (!row) return;
    const { cdrId, sessionId } = row.cdr;
    await this.save(row, tx);
    // A CDR without the partner's answer is owed, in a rebuild too; one that waits already has the
    // same push id.
    if (await this.isAnswered(cdrId, tx)) return;
    await this.pushes.enqueue(tx, [
      pushTo(row.partnerId, { kind: 'cdr', cdrId, sessionId }, message),
    ]);
  }

  private async isAnswered(cdrId: string, tx: Transaction): Promise<boolean> {
    const rows = await tx.query('select 1 from roaming_ocpi.cdr_deliveries where cdr_key = $1', [
      ciKey(cdrId),
    ]);
    return rows.length > 0;
  }

  async find(cdrId: string): Promise<Cdr | undefined> {
    const [row] = await this.database.query<{ state: Cdr }>(
      'select state from roaming_ocpi.partner_cdrs where cdr_key = $1',
      [ciKey(cdrId)],
    );
    return row?.state;
  }

  async list(partnerId: string, filter: ListFilter): Promise<Listed<Cdr>> {
    const matching = `
      select * from roaming_ocpi.partner_cdrs
      where ${filteredBy('issued_at')} and partner_id = $7`;
    const [row] = await this.database.query<Listed<Cdr>>(pageOf(matching, 'issued_at, cdr_key'), [
      ...filterParameters(filter),
      partnerId,
    ]);
    return row ?? { items: [], total: 0 };
  }

  private async save({ partnerId, cdr }: PartnerCdr, tx: Transaction): Promise<void> {
    await tx.query(
      `insert into roaming_ocpi.partner_cdrs
         (cdr_key, partner_id, country_code, party_id, state, issued_at)
       values ($1, $2, $3, $4, $5, $6) on conflict (cdr_key) do update set state = excluded.state`,
      [
        ciKey(cdr.cdrId),
        partnerId,
        cdr.countryCode,
        cdr.partyId,
        JSON.stringify(cdr),
        cdr.issuedAt,
      ],
    );
  }
}
