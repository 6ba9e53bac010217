import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type PartnerId, type Transaction } from '@voltledger/kernel';
import { DATABASE, type Database } from '@voltledger/platform';
import { type InterfaceRole } from '@voltledger/ocpi';
import { type Partner, endpointOf } from './partner';

export interface PartnerRow {
  readonly revision: number;
  readonly state: Partner;
}

/** A partner and the credentials it has just shown. */
export interface Recognised {
  readonly partner: Partner;
  readonly inboundHash: string;
}

/** Table `partners`: one row per partner, with what of its story matters today. */
@Injectable()
export class Partners {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async row(partnerId: PartnerId, tx: Transaction = this.database) {
    const [row] = await tx.query<PartnerRow>(
      'select revision, state from roaming_ocpi.partners where partner_id = $1',
      [partnerId],
    );
    return row;
  }

  async find(partnerId: PartnerId): Promise<Partner | undefined> {
    return (await this.row(partnerId))?.state;
  }

  /** @throws DomainError PARTNER_UNKNOWN */
  async known(partnerId: PartnerId): Promise<Partner> {
    const partner = await this.find(partnerId);
    if (partner) return partner;
    throw new DomainError('PARTNER_UNKNOWN', 'There is no such partner.', { partnerId });
  }

  /** Deleted ones are left out. */
  async list(after = '', limit = 1_000): Promise<Partner[]> {
    const rows = await this.database.query<PartnerRow>(
      `select revision, state from roaming_ocpi.partners
       where partner_id > $1 and status <> 'deleted' order by partner_id limit $2`,
      [after, limit],
    );
    return rows.map(({ state }) => state);
  }

  /** Whose credentials, of those in force, have one of these hashes. */
  async recognised(inboundHashes: readonly string[]): Promise<Recognised[]> {
    const rows = await this.database.query<{ state: Partner; inbound_hash: string }>(
      `select p.state, c.inbound_hash
       from roaming_ocpi.credentials c
       join roaming_ocpi.partners p using (partner_id, credentials_id)
       where c.inbound_hash = any($1)`,
      [inboundHashes],
    );
    return rows.map((row) => ({ partner: row.state, inboundHash: row.inbound_hash }));
  }

  /** Registered partners that offer this side of a module. */
  async offering(module: string, role: InterfaceRole, tx: Transaction): Promise<Partner[]> {
    const rows = await tx.query<PartnerRow>(
      `select revision, state from roaming_ocpi.partners where status = 'registered'`,
    );
    return rows
      .map(({ state }) => state)
      .filter((partner) => endpointOf(partner, module, role) !== undefined);
  }

  async save(partner: Partner, revision: number, tx: Transaction): Promise<void> {
    await tx.query(
      `insert into roaming_ocpi.partners (partner_id, revision, status, credentials_id, state)
       values ($1, $2, $3, $4, $5)
       on conflict (partner_id) do update set revision = excluded.revision,
         status = excluded.status, credentials_id = excluded.credentials_id, state = excluded.state`,
      [
        partner.partnerId,
        revision,
        partner.status,
        partner.credentialsId ?? null,
        JSON.stringify(partner),
      ],
    );
  }
}
