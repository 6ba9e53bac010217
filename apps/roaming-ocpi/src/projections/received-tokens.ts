import { Inject, Injectable } from '@nestjs/common';
import { type Instant, type PartnerId, type Transaction } from '@voltledger/kernel';
import { type Document, type Party, ciKey } from '@voltledger/ocpi';
import { DATABASE, type Database } from '@voltledger/platform';

/** Owner, uid and type: the same uid with another type is another token (OCPI-TOK-03). */
export interface TokenKey extends Party {
  readonly partnerId: PartnerId;
  readonly uid: string;
  readonly type: string;
}

export interface ReceivedToken {
  /** As the partner wrote it. */
  readonly document: Document;
  readonly updatedAt: Instant;
}

/** Table `tokens`: what partners told us about their tokens, as they told it (OCPI-CLO-07). */
@Injectable()
export class ReceivedTokens {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async find(key: TokenKey, tx: Transaction = this.database): Promise<ReceivedToken | undefined> {
    const [row] = await tx.query<{ document: Document; updated_at: Instant }>(
      `select document, updated_at from roaming_ocpi.tokens
       where partner_id = $1 and country_code = $2 and party_id = $3 and uid_key = $4
         and type = $5`,
      columnsOf(key),
    );
    return row && { document: row.document, updatedAt: row.updated_at };
  }

  async save(key: TokenKey, token: ReceivedToken, tx: Transaction): Promise<void> {
    await tx.query(
      `insert into roaming_ocpi.tokens
         (partner_id, country_code, party_id, uid_key, type, document, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (partner_id, country_code, party_id, uid_key, type)
         do update set document = excluded.document, updated_at = excluded.updated_at`,
      [...columnsOf(key), JSON.stringify(token.document), token.updatedAt],
    );
  }
}

const columnsOf = ({ partnerId, countryCode, partyId, uid, type }: TokenKey) => [
  partnerId,
  countryCode.toUpperCase(),
  partyId.toUpperCase(),
  ciKey(uid),
  type,
];
