import { z } from 'zod';
import {
  type CdrId,
  type Currency,
  type Instant,
  type LocationId,
  type MilliWattHours,
  type PartnerId,
  type SessionId,
  type StationId,
  type TariffId,
  parseCurrency,
  parseInstant,
} from '@voltledger/kernel';

const branded = <Branded>(schema: z.ZodType): z.ZodType<Branded> => schema as z.ZodType<Branded>;

const id = (max: number) => z.string().min(1).max(max);

export const sessionId = branded<SessionId>(z.uuid());
export const stationId = branded<StationId>(id(255));
export const locationId = branded<LocationId>(id(36));
export const tariffId = branded<TariffId>(id(36));
export const cdrId = branded<CdrId>(id(36));
export const partnerId = branded<PartnerId>(id(64));

/** Any RFC 3339 time; becomes our one spelling in UTC. */
export const instantSchema = z.string().transform((text, context): Instant => {
  const parsed = parseInstant(text);
  if (parsed) return parsed;
  context.addIssue({ code: 'custom', message: 'must be an RFC 3339 time' });
  return z.NEVER;
});

export const currencySchema = z.string().transform((code, context): Currency => {
  const parsed = parseCurrency(code);
  if (parsed) return parsed;
  context.addIssue({ code: 'custom', message: 'must be an active ISO 4217 currency' });
  return z.NEVER;
});

/** Energy in whole milliwatt-hours. */
export const energySchema = branded<MilliWattHours>(z.int());

export const moneySchema = z.object({
  /** Millionths of a currency unit. */
  micros: z.int(),
  currency: currencySchema,
});

/** A decimal as text, so that no digit is lost. */
export const decimalTextSchema = z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a decimal number');

/** SHA-256, hexadecimal. */
export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** An IANA zone that this machine knows, such as `Europe/Berlin`. */
export const timeZoneSchema = z.string().max(255).refine(isTimeZone, 'must be an IANA time zone');

/** Whether this machine knows the zone: newer ones need newer software. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
