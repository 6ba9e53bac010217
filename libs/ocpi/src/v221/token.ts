import { type IssuedToken, instantSchema, issuedTokenSchema } from '@voltledger/contracts';
import { type PartnerId } from '@voltledger/kernel';
import { z } from 'zod';
import { ciString, optional, text } from '../shared/primitives';
import { type ForeignToken } from '../shared/roaming-objects';
import { tokenType } from './token-type';

/** Read, not written by us: unknown fields are let go (OCPI-TYP-17), any RFC 3339 time will do. */
export const token = z.object({
  country_code: ciString(2),
  party_id: ciString(3),
  uid: ciString(36),
  type: tokenType,
  contract_id: ciString(36),
  visual_number: optional(text(64)),
  issuer: text(64).min(1),
  group_id: optional(ciString(36)),
  valid: z.boolean(),
  whitelist: z.enum(['ALWAYS', 'ALLOWED', 'ALLOWED_OFFLINE', 'NEVER']),
  language: optional(text(2)),
  default_profile_type: optional(z.enum(['CHEAP', 'FAST', 'GREEN', 'REGULAR'])),
  energy_contract: optional(z.object({ supplier_name: text(64), contract_id: optional(text(64)) })),
  last_updated: instantSchema,
});

type WireToken = z.output<typeof token>;

const described = (from: WireToken) => ({
  uid: from.uid,
  type: from.type,
  contractId: from.contract_id,
  issuer: from.issuer,
  groupId: from.group_id,
  visualNumber: from.visual_number,
});

const ownerOf = (from: WireToken) => ({
  countryCode: from.country_code.toUpperCase(),
  partyId: from.party_id.toUpperCase(),
});

/** @throws ZodError naming field and rule. */
export function readToken(body: unknown, partnerId: PartnerId): IssuedToken {
  const from = token.parse(body);
  return issuedTokenSchema.parse({
    ...described(from),
    valid: from.valid,
    whitelist: from.whitelist,
    partner: { partnerId, ...ownerOf(from) },
    updatedAt: from.last_updated,
  });
}

export const foreignToken = token.transform((from): ForeignToken => ({
  ...described(from),
  owner: ownerOf(from),
}));
