import { Inject, Injectable } from '@nestjs/common';
import { type IssuedToken } from '@voltledger/contracts';
import { type Cause, DomainError, type Transaction } from '@voltledger/kernel';
import { type Document, patched } from '@voltledger/ocpi';
import { DATABASE, type Database, contentHash, derivedUuid } from '@voltledger/platform';
import { ReceivedTokens, type TokenKey } from '../projections/received-tokens';
import { RoamingNews } from './roaming-news';

export interface TokenChange {
  readonly key: TokenKey;
  readonly document: Document;
  /** Reads a whole token in the partner's version. @throws ZodError */
  readonly read: (document: Document) => IssuedToken;
}

export type Intake = 'created' | 'updated' | 'outdated';

export const tokenUnknown = () =>
  new DomainError('TOKEN_UNKNOWN', 'We do not have this token: PUT it first.');

/** Takes what a partner says of its tokens, and passes it on to the whitelist. */
@Injectable()
export class TokenIntake {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(ReceivedTokens) private readonly tokens: ReceivedTokens,
    @Inject(RoamingNews) private readonly news: RoamingNews,
  ) {}

  put(change: TokenChange, cause: Cause): Promise<Intake> {
    return this.taking(change, cause, () => change.document);
  }

  /** @throws DomainError TOKEN_UNKNOWN */
  patch(change: TokenChange, cause: Cause): Promise<Intake> {
    return this.taking(change, cause, (stored) => {
      if (!stored) throw tokenUnknown();
      return patched(stored, change.document);
    });
  }

  private taking(
    { key, read }: TokenChange,
    cause: Cause,
    documentFrom: (stored: Document | undefined) => Document,
  ): Promise<Intake> {
    return this.database.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 2))', [lockName(key)]);
      const stored = await this.tokens.find(key, tx);
      const document = documentFrom(stored?.document);
      const token = read(document);
      // Older than what we have: taken note of, not applied (OCPI-TYP-30).
      if (stored && token.updatedAt < stored.updatedAt) return 'outdated';
      await this.tokens.save(key, { document, updatedAt: token.updatedAt }, tx);
      await this.tell(key, token, cause, tx);
      return stored ? 'updated' : 'created';
    });
  }

  private async tell(key: TokenKey, token: IssuedToken, cause: Cause, tx: Transaction) {
    const { causationId, correlationId } = cause;
    await this.news.publish(
      {
        id: derivedUuid('token', lockName(key), contentHash(token), causationId),
        key: key.partnerId,
        event: { type: 'TokenReceived', data: { token } },
        ...{ causationId, correlationId },
      },
      tx,
    );
  }
}

const lockName = ({ partnerId, countryCode, partyId, uid, type }: TokenKey): string =>
  [partnerId, countryCode, partyId, uid.toLowerCase(), type].join('/');
