import { type Tariff, tariffSchema } from '@voltledger/contracts';
import { type Instant } from '@voltledger/kernel';
import { tariffFormats } from '@voltledger/ocpi';
import { parsed } from '@voltledger/platform';
import { z } from 'zod';
import { leftOut } from './left-out';

const OURS = 'canonical';
const names = [OURS, ...[...tariffFormats.keys()].map((version) => `ocpi-${version}`)];

export const formatQuery = z.object({
  format: z.enum(names).default(OURS).describe('How the tariff is written.'),
});

/** A tariff in any of the formats; in OCPI's its own fields. */
export const anyTariff = tariffSchema.or(z.record(z.string(), z.unknown()));

/** Whose tariff it is where a version's tariffs do not say. */
export interface Owner {
  readonly countryCode: string;
  readonly partyId: string;
}

/**
 * Reads a tariff in one format. A field nobody knows is refused: dropped in silence, it would be a
 * price that never applies.
 */
export const tariffIn = (format: string, owner: Owner, now: Instant) =>
  z.record(z.string(), z.unknown()).transform((body, context): Tariff => {
    const read = format === OURS ? readOurs(now) : readOcpi(format, owner);
    const result = read(body);
    if (result.success) {
      const written = writtenAs(format, result.data);
      for (const path of leftOut(body, written))
        context.addIssue({ code: 'custom', path, message: 'is not a known field here' });
      return result.data;
    }
    for (const { path, message } of result.error.issues)
      context.addIssue({ code: 'custom', path, message });
    return z.NEVER;
  });

/** The member `tariff` of a body. @throws InvalidInput */
export const tariffOf = (given: unknown, format: string, owner: Owner, now: Instant): Tariff =>
  parsed(z.object({ tariff: tariffIn(format, owner, now) }), { tariff: given }, '(body)').tariff;

type Read = (body: object) => z.ZodSafeParseResult<Tariff>;

const readOurs =
  (now: Instant): Read =>
  (body) =>
    tariffSchema.safeParse({ updatedAt: now, ...body });

const readOcpi =
  (format: string, owner: Owner): Read =>
  (body) => {
    try {
      return { success: true, data: formatCalled(format).read(body, owner) };
    } catch (error) {
      if (error instanceof z.ZodError)
        return { success: false, error: error as z.ZodError<Tariff> };
      throw error;
    }
  };

/** @throws DomainError TARIFF_NOT_EXPRESSIBLE */
export const writtenAs = (format: string, tariff: Tariff): object =>
  format === OURS ? tariff : formatCalled(format).write(tariff);

function formatCalled(name: string) {
  const format = tariffFormats.get(name.replace(/^ocpi-/, ''));
  if (!format) throw new Error(`no format ${name}: the query was not parsed`);
  return format;
}
