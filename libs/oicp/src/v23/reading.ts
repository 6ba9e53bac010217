import { z } from 'zod';

/** Spellings that circulate and are read, never written (part 21 of the checklist; OICP-ERR-01). */
const ALIASES: Readonly<Record<string, string>> = {
  ChargingStationId: 'ChargingStationID',
  EMPPartnerSessionId: 'EMPPartnerSessionID',
  HubProviderId: 'HubProviderID',
  OperatorId: 'OperatorID',
  On: 'on',
};

/**
 * JSON as a partner sent it, in one spelling: `null` is the same as absent (OICP-TRN-12), and known
 * misspellings of member names are put right. Unknown members stay: the caller decides.
 */
export function inOneSpelling(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOneSpelling);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value)
    .filter(([, member]) => member !== null)
    .map(([name, member]) => [ALIASES[name] ?? name, inOneSpelling(member)] as const);
  return Object.fromEntries(members);
}

/** Reads tolerantly: one spelling, unknown members ignored (OICP-TRN-11). */
export const reading = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess(inOneSpelling, z.object(shape));

/** Where in a document something is: `/Identification/RemoteIdentification/EvcoID`. */
export const jsonPointer = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
