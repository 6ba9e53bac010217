import { z } from 'zod';
import { optional } from './primitives';

/** status_code as the standard has them; nothing outside this list is ever sent (OCPI-ENV-15). */
export const STATUS = {
  success: 1000,
  clientError: 2000,
  invalidParameters: 2001,
  notEnoughInformation: 2002,
  unknownLocation: 2003,
  unknownToken: 2004,
  serverError: 3000,
  unusableClientApi: 3001,
  unsupportedVersion: 3002,
  missingEndpoints: 3003,
} as const;

export type StatusCode = (typeof STATUS)[keyof typeof STATUS];

/** What every answer is wrapped in. `data` is judged by whoever asked (OCPI-ENV-01). */
export const envelope = z.object({
  data: z.unknown().optional(),
  status_code: z.int(),
  status_message: optional(z.string()),
  /** Not judged: an odd clock at the partner does not undo what it accepted. */
  timestamp: z.unknown().optional(),
});

export type Envelope = z.output<typeof envelope>;

/** Success is told by the status code alone, whatever HTTP says (OCPI-ENV-06). */
export const succeeded = ({ status_code }: Envelope): boolean =>
  status_code >= 1000 && status_code < 2000;
