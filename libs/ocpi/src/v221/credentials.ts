import { z } from 'zod';
import { CREDENTIALS_TOKEN } from '../shared/authorization-header';
import { type Wire } from '../shared/ocpi-version';
import { atLeastOne, ciString, url } from '../shared/primitives';
import { type PlatformCredentials } from '../shared/roaming-objects';

const role = z.object({
  role: z.enum(['CPO', 'EMSP', 'HUB', 'NAP', 'NSP', 'OTHER', 'SCSP']),
  /** Website and logo are for people; a wrong one is no reason to refuse a partner. */
  business_details: z.object({ name: z.string().min(1).max(100) }),
  party_id: ciString(3),
  country_code: ciString(2),
});

export const credentials = z.object({
  token: z.string().regex(CREDENTIALS_TOKEN, 'must be 1 to 64 printable ASCII characters'),
  url,
  roles: atLeastOne(role).refine(
    (roles) => new Set(roles.map(keyOf)).size === roles.length,
    'must not name a role of a party twice',
  ),
});

function keyOf({ role: name, country_code, party_id }: z.output<typeof role>): string {
  return [name, country_code.toUpperCase(), party_id.toUpperCase()].join('*');
}

export const credentialsOut = ({ token, versionsUrl, roles }: PlatformCredentials): Wire =>
  credentials.strict().parse({
    token,
    url: versionsUrl,
    roles: roles.map((each) => ({
      role: each.role,
      business_details: { name: each.name },
      party_id: each.partyId,
      country_code: each.countryCode,
    })),
  });

/** @throws ZodError naming field and rule. */
export function readCredentials(body: unknown): PlatformCredentials {
  const from = credentials.parse(body);
  return {
    token: from.token,
    versionsUrl: from.url,
    roles: from.roles.map((each) => ({
      role: each.role,
      countryCode: each.country_code.toUpperCase(),
      partyId: each.party_id.toUpperCase(),
      name: each.business_details.name,
    })),
  };
}
