import { type Authorization } from '@voltledger/contracts';
import { z } from 'zod';
import { ciString } from '../shared/primitives';
import { tokenType, tokenTypeOut } from './token-type';

export const authMethod = z.enum(['AUTH_REQUEST', 'COMMAND', 'WHITELIST']);

export const cdrToken = z.strictObject({
  country_code: ciString(2),
  party_id: ciString(3),
  uid: ciString(36),
  type: tokenType,
  contract_id: ciString(36),
});

/** @throws Error for a session that no OCPI partner pays: whoever asks has mixed up sessions. */
export function cdrTokenOut({ token, payer }: Authorization) {
  if (payer.kind !== 'ocpi') throw new Error(`the payer of ${token.uid} is no OCPI partner`);
  return {
    country_code: payer.countryCode,
    party_id: payer.partyId,
    uid: token.uid,
    type: tokenTypeOut(token.type),
    contract_id: token.contractId,
  };
}
