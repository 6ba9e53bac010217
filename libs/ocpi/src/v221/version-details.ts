import { z } from 'zod';
import { type Wire } from '../shared/ocpi-version';
import { atLeastOne, url } from '../shared/primitives';
import { type Endpoint } from '../shared/roaming-objects';

export const VERSION = '2.2.1';

const endpoint = z.object({
  identifier: z.string().min(1).max(255),
  role: z.enum(['SENDER', 'RECEIVER']),
  url,
});

const details = z.object({ version: z.literal(VERSION), endpoints: atLeastOne(endpoint) });

export const detailsOut = (endpoints: readonly Endpoint[]): Wire =>
  details.strict().parse({
    version: VERSION,
    endpoints: endpoints.map(({ module, role, url: address }) => ({
      identifier: module,
      role,
      url: address,
    })),
  });

/**
 * A partner's details. Modules unknown to us stay in the list, unused; an entry nobody can read is
 * skipped (OCPI-VER-08).
 *
 * @throws ZodError when it is no details object of this version.
 */
export function readDetails(body: unknown): Endpoint[] {
  const { endpoints } = z
    .object({ version: z.literal(VERSION), endpoints: atLeastOne(z.unknown()) })
    .parse(body);
  return endpoints.flatMap((entry) => {
    const parsed = endpoint.safeParse(entry);
    if (!parsed.success) return [];
    const { identifier, role, url: address } = parsed.data;
    return [{ module: identifier, role, url: address }];
  });
}
