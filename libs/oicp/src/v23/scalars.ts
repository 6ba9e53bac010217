import { z } from 'zod';

/** Field types of OICP 2.3 as we write them; patterns and lengths from `oicp-objects.json`. */

export const sessionIdText = z
  .string()
  .regex(/^[A-Za-z0-9]{8}(-[A-Za-z0-9]{4}){3}-[A-Za-z0-9]{12}$/, 'must be a SessionID');

export const operatorIdText = z
  .string()
  .regex(/^(([A-Za-z]{2}\*?[A-Za-z0-9]{3})|(\+?[0-9]{1,3}\*[0-9]{3}))$/, 'must be an OperatorID');

export const providerIdText = z
  .string()
  .regex(/^[A-Za-z]{2}[*-]?[A-Za-z0-9]{3}$/, 'must be a ProviderID');

export const evseIdText = z
  .string()
  .regex(
    /^(([A-Z]{2}\*?[A-Z0-9]{3}\*?E[A-Z0-9*]{1,30})|(\+?[0-9]{1,3}\*[0-9]{3}\*[0-9*]{1,32}))$/,
    'must be an EvseID in upper case',
  );

/** Without the literal bar that the published pattern admits by mistake (OICP-IDS-07). */
export const contractIdText = z
  .string()
  .regex(
    /^(([A-Za-z]{2}-?[A-Za-z0-9]{3}-?C[A-Za-z0-9]{8}-?[0-9A-Za-z])|([A-Za-z]{2}[*-]?[A-Za-z0-9]{3}[*-]?[A-Za-z0-9]{6}[*-]?[0-9X]))$/,
    'must be an EvcoID',
  );

export const uidText = z
  .string()
  .regex(/^([0-9A-F]{8}|[0-9A-F]{14}|[0-9A-F]{20})$/, 'must be 8, 14 or 20 hexadecimal digits');

export const countryText = z.string().regex(/^[A-Z]{3}$/, 'must be ISO 3166-1 alpha-3');
export const phoneText = z.string().regex(/^\+[0-9]{5,15}$/, 'must be + and 5 to 15 digits');

export const languageText = z
  .string()
  .regex(
    /^[a-z]{2,3}(?:-[A-Z]{2,3}(?:-[a-zA-Z]{4})?)?(?:-x-[a-zA-Z0-9]{1,8})?$/,
    'must be a language code',
  );

/** Without the comma that the published pattern admits by mistake. */
export const timeZoneText = z
  .string()
  .regex(/^UTC[+-][0-9]{2}:[0-9]{2}$/, 'must be UTC and an offset');

export const productIdText = z.string().min(1).max(50);
export const partnerSessionIdText = z.string().min(1).max(250);

/** No fraction, and the charge point's own offset (OICP-TRN-14). */
export const localTimeText = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/,
    'must be YYYY-MM-DDThh:mm:ss±hh:mm (OICP-TRN-14)',
  );

/** kWh as a JSON number with at most three decimals (OICP-TRN-13). */
export const kilowattHoursNumber = z
  .number()
  .refine((value) => /^-?\d+(\.\d{1,3})?$/.test(String(value)), 'must have at most 3 decimals');

export const infoText = z.strictObject({ lang: languageText, value: z.string().min(1).max(150) });

const clockTime = z.string().regex(/^[0-9]{2}:[0-9]{2}$/, 'must be HH:MM');
export const period = z.strictObject({ begin: clockTime, end: clockTime });

const google = z
  .string()
  .regex(/^-?1?\d{1,2}\.\d{1,6}\s*,?\s*-?1?\d{1,2}\.\d{1,6}$/, 'must be "latitude longitude"');
const decimalDegree = z
  .string()
  .regex(/^-?1?\d{1,2}\.\d{1,6}$/, 'must be degrees with 1 to 6 decimals');
const degreeMinuteSeconds = z
  .string()
  .regex(/^-?1?\d{1,2}°[ ]?\d{1,2}'[ ]?\d{1,2}\.\d+''$/, "must be like 9°21'39.32''");

/** How many members an object has: a choice has exactly one. */
export const memberCount = (value: object): number => Object.keys(value).length;

export const geoCoordinates = z
  .strictObject({
    Google: z.strictObject({ Coordinates: google }).optional(),
    DecimalDegree: z.strictObject({ Longitude: decimalDegree, Latitude: decimalDegree }).optional(),
    DegreeMinuteSeconds: z
      .strictObject({ Longitude: degreeMinuteSeconds, Latitude: degreeMinuteSeconds })
      .optional(),
  })
  .refine((value) => memberCount(value) === 1, 'must have exactly one notation');
