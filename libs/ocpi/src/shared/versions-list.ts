import { z } from 'zod';
import { url } from './primitives';

/** The versions endpoint's answer; the same in every version of the standard. */
export const versionsList = z.array(z.object({ version: z.string(), url })).min(1);

export type ListedVersion = z.output<typeof versionsList>[number];

/**
 * A partner's list: what is not a readable entry is skipped, as unknown versions are
 * (OCPI-VER-08).
 */
export function readVersions(data: unknown): ListedVersion[] {
  const entries = z.array(z.unknown()).parse(data);
  return entries.flatMap((entry) => {
    const parsed = versionsList.element.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
}
