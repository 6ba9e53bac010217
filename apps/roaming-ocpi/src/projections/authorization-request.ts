import { type SessionEvent } from '@voltledger/contracts';
import { type OcpiPayer } from '@voltledger/ocpi';

type Requested = Extract<SessionEvent, { type: 'RoamingAuthorizationRequested' }>['data'];

/** A question to the partner that issued a token: may it charge here, now? */
export type AuthorizationRequest = Requested & { readonly payer: OcpiPayer };

/** The question in this event, where it goes to an OCPI partner. */
export function authorizationRequest(event: SessionEvent): AuthorizationRequest | undefined {
  if (event.type !== 'RoamingAuthorizationRequested') return undefined;
  const { payer } = event.data;
  return payer?.kind === 'ocpi' ? { ...event.data, payer } : undefined;
}
