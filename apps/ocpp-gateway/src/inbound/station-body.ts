import { regionName, stationId } from '@voltledger/contracts';
import { ocppVersions, registrations } from '@voltledger/ocpp';
import { z } from 'zod';
import { type StationSettings } from '../commands/save-station';

const subprotocol = z.enum([...ocppVersions.keys()]);

/** How a station may connect. Everything but the password of a new station has a default. */
export const stationBody = z.strictObject({
  password: z
    .string()
    .regex(/^[\x20-\x7e]{16,40}$/, 'must be 16 to 40 printable ASCII characters')
    .optional()
    .describe('32 to 40 hexadecimal digits: an OCPP 1.6 AuthorizationKey. Left out: unchanged.'),
  securityProfile: z
    .union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)])
    .default(1)
    .describe(
      '0: no password (OCPP 1.6 only, off by default); 1: password; 2: password over TLS; ' +
        '3: certificate whose common name is the identity.',
    ),
  subprotocols: z
    .array(subprotocol)
    .min(1)
    .optional()
    .describe('Left out: every version we speak.'),
  defaultSubprotocol: subprotocol.optional().describe('For a station that offers no subprotocol.'),
  registration: z.enum(registrations).default('accepted').describe('What its boot is answered.'),
  anonymousAllowed: z.boolean().default(false).describe('Anybody may charge (NoAuthorization).'),
  logFrames: z.boolean().default(false).describe('Log its frames, tokens masked.'),
});

/** Where a station is at home from now on. */
export const homeBody = z.strictObject({
  region: regionName,
  note: z.string().max(500).optional().describe('Why it was moved.'),
});

export const stationParams = z.object({ stationId });

export function settingsOf(body: z.output<typeof stationBody>): StationSettings {
  const { password: _password, ...settings } = body;
  return settings;
}

export const callBody = z.strictObject({
  action: z.string().min(1).max(64).describe('An action of the OCPP version the station speaks.'),
  payload: z.record(z.string(), z.unknown()).default({}),
});

export const callAnswer = z.object({
  answer: z.unknown().describe('The payload of the CALLRESULT, as the station sent it.'),
});
