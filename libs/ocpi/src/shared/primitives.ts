import { parseInstant } from '@voltledger/kernel';
import { z } from 'zod';

const PRINTABLE_ASCII = /^[\x20-\x7e]+$/;
/** OCPI forbids line breaks, tabs and other characters without a glyph (OCPI-TYP-03). */
const PRINTABLE = /^[^\p{Cc}]*$/u;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z?$/;
const DECIMALS_MAX = 4;

/** Printable ASCII, compared without regard to case (OCPI-TYP-01). */
export const ciString = (max: number) =>
  z.string().min(1).max(max).regex(PRINTABLE_ASCII, 'must be printable ASCII');

/** Printable UTF-8; length counts characters, not UTF-16 units (OCPI-TYP-05). */
export const text = (max: number) =>
  z
    .string()
    .regex(PRINTABLE, 'must be printable')
    .refine((value) => Array.from(value).length <= max, `must have at most ${max} characters`);

/** An absolute URL of at most 255 characters (OCPI-TYP-08). */
export const url = z.url({ protocol: /^https?$/ }).max(255);

/** As we send it: UTC, no offset, at most three fraction digits (OCPI-TYP-11). */
export const dateTime = z
  .string()
  .max(25)
  .refine((value) => DATE_TIME.test(value) && parseInstant(value) !== undefined, 'must be UTC');

/** A JSON number of at most four decimals (OCPI-TYP-09). */
export const number = z
  .number()
  .refine((value) => Number(value.toFixed(DECIMALS_MAX)) === value, 'must have at most 4 decimals');

/** `?` in the tables: absent and null are the same (OCPI-TYP-15). */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined);

/** `*` in the tables: absent, null and `[]` are the same (OCPI-TYP-16). */
export const list = <Schema extends z.ZodType>(schema: Schema) => optional(z.array(schema));

/** `+` in the tables. */
export const atLeastOne = <Schema extends z.ZodType>(schema: Schema) => z.array(schema).min(1);

/** Key of a CiString: equal ids have equal keys. */
export const ciKey = (value: string): string => value.toLowerCase();

export const sameCiString = (one: string, other: string): boolean => ciKey(one) === ciKey(other);
