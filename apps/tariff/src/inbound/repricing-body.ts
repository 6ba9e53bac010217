import { pastSessionsSchema } from '@voltledger/contracts';
import { z } from 'zod';

/** Which sessions, as they are asked for. */
const period = pastSessionsSchema.shape;

/** A tariff written out, and the sessions of the past it is for. */
export const repricingBody = z
  .object({
    tariff: z.record(z.string(), z.unknown()).describe('Written as `format` says.'),
    from: period.from.describe('Sessions that started here or later …'),
    to: period.to.describe('… and before here.'),
    tariffId: period.tariffId.describe('Only sessions priced by this tariff so far.'),
    locationId: period.locationId.describe('Only sessions at this location.'),
    withoutPrice: period.withoutPrice.describe('Only sessions nobody knew a price for.'),
  })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be after from' });

export type RepricingBody = z.output<typeof repricingBody>;

export const sessionsOf = ({ tariff: _tariff, ...sessions }: RepricingBody) => sessions;
