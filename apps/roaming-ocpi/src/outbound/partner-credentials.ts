import { Inject, Injectable } from '@nestjs/common';
import { type Clock, type PartnerId } from '@voltledger/kernel';
import { CLOCK, DATABASE, type Database, newUuid } from '@voltledger/platform';
import { TokenVault, newToken, tokenHash } from './token-vault';

export interface NewCredentials {
  readonly partnerId: PartnerId;
  /** What the partner shows us. Left out: a new one. */
  readonly inbound?: string | undefined;
  /** What we show the partner. */
  readonly outbound?: string | undefined;
}

/** Clear only here and now: nothing of it is kept or logged. */
export interface IssuedCredentials {
  readonly credentialsId: string;
  readonly inbound: string;
}

/**
 * Table `credentials`: pairs of tokens, each under an id. A pair is in force when the partner's
 * stream says so; until then, and after that, its tokens open nothing (OCPI-CRE-09).
 */
@Injectable()
export class PartnerCredentials {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(TokenVault) private readonly vault: TokenVault,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async issue({ partnerId, inbound = newToken(), outbound }: NewCredentials) {
    const credentialsId = newUuid();
    await this.database.query(
      `insert into roaming_ocpi.credentials
         (credentials_id, partner_id, inbound_hash, outbound_sealed, created_at)
       values ($1, $2, $3, $4, $5)`,
      [
        credentialsId,
        partnerId,
        tokenHash(inbound),
        outbound === undefined ? null : this.vault.seal(outbound, credentialsId),
        this.clock(),
      ],
    );
    return { credentialsId, inbound } satisfies IssuedCredentials;
  }

  /** The token that we show the partner; undefined before it gave us one. */
  async outboundToken(credentialsId: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ outbound_sealed: string | null }>(
      'select outbound_sealed from roaming_ocpi.credentials where credentials_id = $1',
      [credentialsId],
    );
    const sealed = row?.outbound_sealed ?? undefined;
    return sealed === undefined ? undefined : this.vault.open(sealed, credentialsId);
  }
}
