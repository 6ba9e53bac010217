import { type Brand } from './brand';

/** An active ISO 4217 code. */
export type Currency = Brand<string, 'Currency'>;

/**
 * Minor units as ISO 4217 has them. A table of our own: `Intl` follows CLDR, which says 0 for HUF
 * and IQD where ISO says 2 and 3.
 */
const CODES_BY_MINOR_UNITS: readonly (readonly [number, string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [
    2,
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD ' +
      'CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL ' +
      'GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP ' +
      'LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK ' +
      'NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD ' +
      'SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD ' +
      'XCD XCG YER ZAR ZMW ZWG',
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
];

const MINOR_UNITS: ReadonlyMap<string, number> = new Map(
  CODES_BY_MINOR_UNITS.flatMap(([digits, codes]) =>
    codes.split(' ').map((code) => [code, digits] as const),
  ),
);

export const currencies = (): string[] => [...MINOR_UNITS.keys()];

/** @returns undefined when ISO 4217 has no such active code. */
export const parseCurrency = (code: string): Currency | undefined =>
  MINOR_UNITS.has(code) ? (code as Currency) : undefined;

/** @throws RangeError: for literals and tests; edges use `parseCurrency`. */
export function currency(code: string): Currency {
  const parsed = parseCurrency(code);
  if (!parsed) throw new RangeError(`not an ISO 4217 currency: ${code}`);
  return parsed;
}

/** Digits behind the point of the smallest coin: EUR 2, JPY 0, BHD 3. */
export function minorUnits(of: Currency): number {
  const digits = MINOR_UNITS.get(of);
  if (digits === undefined) throw new RangeError(`not an ISO 4217 currency: ${of}`);
  return digits;
}
