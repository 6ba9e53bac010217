import {
  type Authorization,
  type IssuedToken,
  type Refusal,
  type Token,
} from '@voltledger/contracts';

/** Whom to ask when the whitelist may not, or cannot, answer alone. */
export interface AskingPolicy {
  /** Tokens of partners with these settings are put to their issuer. `NEVER` always is. */
  readonly issuerFor: readonly IssuedToken['whitelist'][];
  /** The hub is asked about tokens that nobody here knows. */
  readonly hub: boolean;
}

export type Judgement =
  | { readonly verdict: 'accept'; readonly authorization: Authorization }
  | { readonly verdict: 'refuse'; readonly refusal: Refusal }
  /** Without a token: the hub. */
  | { readonly verdict: 'ask'; readonly token?: IssuedToken };

/**
 * What the whitelist says of a token (OCPI 2.2.1, mod_tokens, WhitelistType; domain.md 10.6).
 * Our own tokens never need asking: we are their issuer.
 */
export function judge(known: IssuedToken | undefined, policy: AskingPolicy): Judgement {
  if (!known) return policy.hub ? { verdict: 'ask' } : { verdict: 'refuse', refusal: 'UNKNOWN' };
  const mustAsk = known.whitelist === 'NEVER' || policy.issuerFor.includes(known.whitelist);
  if (known.partner && mustAsk) return { verdict: 'ask', token: known };
  return locally(known);
}

/** Who answers when the issuer does not: the whitelist, where the issuer left it to us. */
export const offlineAuthorization = (known: IssuedToken | undefined): Authorization | undefined =>
  known && known.whitelist !== 'NEVER' && known.valid ? whitelisted(known) : undefined;

const locally = (known: IssuedToken): Judgement =>
  known.valid
    ? { verdict: 'accept', authorization: whitelisted(known) }
    : { verdict: 'refuse', refusal: 'BLOCKED' };

export const whitelisted = (
  known: IssuedToken,
  method: Authorization['method'] = 'WHITELIST',
): Authorization => ({ method, token: tokenOf(known), payer: payerOf(known) });

export const payerOf = ({ partner }: IssuedToken): Authorization['payer'] =>
  partner ? { kind: 'ocpi', ...partner } : { kind: 'own' };

export function tokenOf({
  valid: _valid,
  whitelist: _whitelist,
  partner: _partner,
  updatedAt: _updatedAt,
  ...token
}: IssuedToken): Token {
  return token;
}
