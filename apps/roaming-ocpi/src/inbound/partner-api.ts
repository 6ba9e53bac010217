import { partnerEndpointSchema, partnerId, partnerRoleSchema } from '@voltledger/contracts';
import { type PartnerId } from '@voltledger/kernel';
import { pageOf } from '@voltledger/platform';
import { z } from 'zod';
import { type Partner } from '../projections/partner';

/** What goes into and comes out of `/api/v1/ocpi/partners`. */

const time = z.string().describe('RFC 3339, UTC');
const tokenCoding = z
  .enum(['raw', 'base64'])
  .describe('How tokens travel, where the partner deviates from its OCPI version.');

export const partnerIdParam = partnerId;
export type PartnerIdParam = z.output<typeof partnerIdParam>;
export const partnerParams = z.object({ partnerId: z.string() });

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,35}$/, 'must be lower-case letters, digits and dashes')
  .transform((text) => text as PartnerId);

export const newPartner = z.object({
  partnerId: id.describe('Yours to choose, such as `nl-tnm`; never changes.'),
  name: z.string().min(1).max(100),
  hosts: z
    .array(z.string().min(1).max(255))
    .max(20)
    .default([])
    .describe('Further hosts, with port, that command results may be sent to.'),
  tokenCoding: tokenCoding.optional(),
});

export const theirInvitation = z.object({
  versionsUrl: z.url({ protocol: /^https?$/ }).max(255),
  token: z.string().regex(/^[\x21-\x7e]{1,64}$/, 'must be 1 to 64 printable ASCII characters'),
});

export const suspension = z.object({ reason: z.string().min(1).max(255) });

export const invitation = z.object({ token: z.string(), versionsUrl: z.string() });
export const leaving = z.object({
  partnerNotTold: z.string().optional().describe('Why the partner may not know that we left.'),
});
export const deleted = z.object({ partnerId: z.string(), deleted: z.literal(true) });

export const partner = z.object({
  partnerId: z.string(),
  name: z.string(),
  status: z.string(),
  hosts: z.array(z.string()),
  tokenCoding: tokenCoding.optional(),
  version: z.string().optional(),
  versionsUrl: z.string().optional(),
  roles: z.array(partnerRoleSchema),
  endpoints: z.array(partnerEndpointSchema),
  startedBy: z.enum(['partner', 'us']).optional(),
  failure: z.object({ code: z.string(), detail: z.string() }).optional(),
  createdAt: time,
  changedAt: time,
});

export const partnersPage = pageOf(partner);

/** Without the id of its credentials: nobody outside can do anything with it. */
export function shownPartner({ credentialsId: _id, ...row }: Partner): z.input<typeof partner> {
  return { ...row, hosts: [...row.hosts], roles: [...row.roles], endpoints: [...row.endpoints] };
}
