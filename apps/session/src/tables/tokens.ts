import { type IssuedToken, type TokenRef, issuedTokenSchema } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';

type TokenType = TokenRef['type'];

/** Our own customers' tokens. */
export const OWN = 'own';

/** Tokens are unique per issuer: ourselves, or one party of one partner. */
export const issuedBy = ({ partner }: Pick<IssuedToken, 'partner'>): string =>
  partner ? `${partner.partnerId}/${partner.countryCode}*${partner.partyId}` : OWN;

/** `OTHER` is what a 1.6 idTag comes as: it has no type, so all are tried (OCPP-1.6-AUTH-01). */
const UNTYPED_ORDER: readonly TokenType[] = ['RFID', 'EMAID', 'APP_USER', 'AD_HOC_USER', 'OTHER'];

export const typesToTry = (type: TokenType): readonly TokenType[] =>
  type === 'OTHER' ? UNTYPED_ORDER : [type];

interface TokenRow {
  readonly token: unknown;
}

const read = ({ token }: TokenRow): IssuedToken => issuedTokenSchema.parse(token);

/**
 * The token behind what a station read, compared without regard to case (OCPP-J-AUTH-02). Where
 * two issuers hold the same one, ours goes first, then a valid one, then the one changed last.
 */
export async function findToken(
  tx: Transaction,
  { uid, type }: TokenRef,
): Promise<IssuedToken | undefined> {
  const [row] = await tx.query<TokenRow>(
    `select token from session.tokens
     where lower(uid) = lower($1) and type = any($2::text[])
     order by array_position($2::text[], type), (issued_by <> $3),
              (token->>'valid') = 'true' desc, updated_at desc, issued_by
     limit 1`,
    [uid, [...typesToTry(type)], OWN],
  );
  return row && read(row);
}

export async function ownToken(tx: Transaction, ref: TokenRef): Promise<IssuedToken | undefined> {
  const [row] = await tx.query<TokenRow>(
    `select token from session.tokens
     where lower(uid) = lower($1) and type = $2 and issued_by = $3`,
    [ref.uid, ref.type, OWN],
  );
  return row && read(row);
}

/** Keeps a token unless a newer version of it is known. */
export async function keepToken(tx: Transaction, token: IssuedToken): Promise<void> {
  await tx.query(
    `insert into session.tokens (uid, type, issued_by, token, updated_at)
     values ($1, $2, $3, $4::jsonb, $5)
     on conflict (lower(uid), type, issued_by) do update
       set uid = excluded.uid, token = excluded.token, updated_at = excluded.updated_at
       where session.tokens.updated_at <= excluded.updated_at`,
    [token.uid, token.type, issuedBy(token), JSON.stringify(token), token.updatedAt],
  );
}

export interface TokenFilter {
  /** The last token of the page before. */
  readonly after?: { readonly issuedBy: string; readonly type: string; readonly uid: string };
  readonly issuedBy?: string;
}

/** In the order of issuer, type and text. */
export async function listTokens(
  tx: Transaction,
  { after, issuedBy: issuer }: TokenFilter,
  limit: number,
): Promise<IssuedToken[]> {
  const rows = await tx.query<TokenRow>(
    `select token from session.tokens
     where ($1::text is null or issued_by = $1)
       and ($2::text is null or (issued_by, type, lower(uid)) > ($2, $3, lower($4)))
     order by issued_by, type, lower(uid)
     limit $5`,
    [issuer ?? null, after?.issuedBy ?? null, after?.type ?? null, after?.uid ?? null, limit],
  );
  return rows.map(read);
}
