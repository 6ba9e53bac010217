import { z } from 'zod';
import { instantSchema, partnerId } from './values';

/** OCPI 2.2.1, mod_tokens, TokenType; OCPP types map to these. */
export const tokenType = z.enum(['AD_HOC_USER', 'APP_USER', 'EMAID', 'OTHER', 'RFID']);

/** A token as a station or a partner presents it. Compared without regard to case. */
export const tokenRefSchema = z.object({ uid: z.string().min(1).max(255), type: tokenType });

/** Who pays for the energy: our own customer, or a roaming partner's. */
export const payerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('own') }),
  z.object({
    kind: z.literal('ocpi'),
    partnerId,
    /** The eMSP that issued the token. */
    countryCode: z.string().length(2),
    partyId: z.string().length(3),
  }),
  z.object({
    kind: z.literal('oicp'),
    /** Hubject's id for this session, the leading key of every OICP message about it. */
    oicpSessionId: z.string().max(36),
    providerId: z.string().max(20),
    empPartnerSessionId: z.string().max(250).optional(),
    /** Our own reference, as first told to Hubject: the same in every message of the session. */
    cpoPartnerSessionId: z.string().max(250).optional(),
    /** The Identification the session was started with, as OICP wants it back in the CDR. */
    identification: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('rfid'), uid: z.string() }),
      z.object({ kind: z.literal('plug-and-charge'), evcoId: z.string() }),
      z.object({ kind: z.literal('remote'), evcoId: z.string() }),
    ]),
  }),
]);

/** A token that may charge: what the whitelist holds and what a session remembers. */
export const tokenSchema = tokenRefSchema.extend({
  /** Contract id (eMAID); the uid itself where the issuer has none. */
  contractId: z.string().min(1).max(36),
  issuer: z.string().max(64),
  /** Tokens of one group may stop each other's sessions. */
  groupId: z.string().max(36).optional(),
  visualNumber: z.string().max(64).optional(),
});

export const whitelist = z.enum(['ALWAYS', 'ALLOWED', 'ALLOWED_OFFLINE', 'NEVER']);

/** A token as its issuer keeps it. */
export const issuedTokenSchema = tokenSchema.extend({
  valid: z.boolean(),
  whitelist,
  /** Absent: our own customer's. */
  partner: payerSchema.options[1].omit({ kind: true }).optional(),
  updatedAt: instantSchema,
});

export const authMethod = z.enum(['AUTH_REQUEST', 'COMMAND', 'WHITELIST']);

/** How a session came to be allowed. */
export const authorizationSchema = z.object({
  method: authMethod,
  token: tokenSchema,
  payer: payerSchema,
  /** The eMSP's own reference, repeated in Session and CDR (OCPI-SES-19). */
  reference: z.string().max(36).optional(),
});

export const refusal = z.enum([
  'UNKNOWN',
  'BLOCKED',
  'EXPIRED',
  'NO_CREDIT',
  'NOT_ALLOWED_HERE',
  'UNAVAILABLE',
]);

export type TokenRef = z.output<typeof tokenRefSchema>;
export type Token = z.output<typeof tokenSchema>;
export type IssuedToken = z.output<typeof issuedTokenSchema>;
export type Payer = z.output<typeof payerSchema>;
export type Authorization = z.output<typeof authorizationSchema>;
export type Refusal = z.output<typeof refusal>;
