import { type Authorization, type Refusal } from '@voltledger/contracts';
import { type IssuerVerdict, sameCiString } from '@voltledger/ocpi';
import { type AuthorizationRequest } from '../projections/authorization-request';

export type IssuerAnswer =
  | { readonly status: 'accepted'; readonly authorization: Authorization }
  | { readonly status: 'refused'; readonly refusal: Refusal };

const REFUSALS: Readonly<Record<Exclude<IssuerVerdict['allowed'], 'ALLOWED'>, Refusal>> = {
  BLOCKED: 'BLOCKED',
  EXPIRED: 'EXPIRED',
  NO_CREDIT: 'NO_CREDIT',
  NOT_ALLOWED: 'NOT_ALLOWED_HERE',
};

/** What the issuer's verdict means for the driver who waits. */
export function issuerAnswer(request: AuthorizationRequest, verdict: IssuerVerdict): IssuerAnswer {
  if (verdict.allowed !== 'ALLOWED')
    return { status: 'refused', refusal: REFUSALS[verdict.allowed] };
  if (!isAllowedAt(request, verdict)) return { status: 'refused', refusal: 'NOT_ALLOWED_HERE' };
  const known = verdict.token ?? request.token;
  // ALLOWED for a token that neither side describes: nobody could be billed.
  if (!known) return { status: 'refused', refusal: 'UNAVAILABLE' };
  const { owner, ...token } = { owner: request.payer, ...known };
  const { countryCode, partyId } = owner;
  return {
    status: 'accepted',
    authorization: {
      method: 'AUTH_REQUEST',
      token,
      payer: { ...request.payer, countryCode, partyId },
      reference: verdict.reference,
    },
  };
}

/** An issuer may name the EVSEs its driver may use (OCPI-TOK-10); naming none limits nothing. */
function isAllowedAt({ place }: AuthorizationRequest, { evseUids }: IssuerVerdict): boolean {
  if (!place || !evseUids || evseUids.length === 0) return true;
  return evseUids.some((uid) => sameCiString(uid, place.evse.evseUid));
}
