import { z } from 'zod';
import { type EnvelopeOf, type EventOf, topic } from './topic';
import { instantSchema, partnerId } from './values';

const partner = z.object({ partnerId, at: instantSchema });

/** Tokens are no part of any event: `credentialsId` names a row that only roaming-ocpi reads. */
const withCredentials = partner.extend({ credentialsId: z.uuid() });

export const partnerRoleSchema = z.object({
  /** `EMSP`, `NSP`, … as the partner's version spells it. */
  role: z.string(),
  countryCode: z.string().length(2),
  partyId: z.string().length(3),
  name: z.string(),
});

export const partnerEndpointSchema = z.object({
  module: z.string(),
  role: z.enum(['SENDER', 'RECEIVER']),
  url: z.string(),
});

const registration = withCredentials.extend({
  /** The OCPI version agreed on. */
  version: z.string(),
  versionsUrl: z.string(),
  roles: z.array(partnerRoleSchema).min(1),
  endpoints: z.array(partnerEndpointSchema).min(1),
});

/** Key: partner. An OCPI partner's story, stream `partner-<id>`; published by roaming-ocpi. */
export const partnerEvents = topic('partner.events.v1', {
  PartnerAdded: partner.extend({
    name: z.string(),
    /** Only for a partner whose software deviates from its version. */
    tokenCoding: z.enum(['raw', 'base64']).optional(),
    /** Further hosts that command results may be sent to. */
    hosts: z.array(z.string()),
  }),
  /** It may register with us: a registration token was made for it. */
  PartnerInvited: withCredentials,
  /** We register with it. */
  RegistrationStarted: withCredentials.extend({ versionsUrl: z.string() }),
  RegistrationFailed: partner.extend({ code: z.string(), detail: z.string() }),
  PartnerRegistered: registration.extend({ startedBy: z.enum(['partner', 'us']) }),
  /** Tokens, roles or endpoints were exchanged anew; the former tokens are void. */
  CredentialsRenewed: registration,
  PartnerSuspended: partner.extend({ by: z.string(), reason: z.string() }),
  PartnerResumed: partner.extend({ by: z.string() }),
  PartnerUnregistered: partner.extend({ by: z.string() }),
  PartnerDeleted: partner.extend({ by: z.string() }),
});

export type PartnerRole = z.output<typeof partnerRoleSchema>;
export type PartnerEndpoint = z.output<typeof partnerEndpointSchema>;
export type PartnerEvent = EventOf<typeof partnerEvents>;
export type PartnerEventEnvelope = EnvelopeOf<typeof partnerEvents>;
