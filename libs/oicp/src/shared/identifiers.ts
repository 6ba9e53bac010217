import { isoCheckCharacter } from './check-character';

export type Standard = 'ISO' | 'DIN';

/**
 * An identifier taken apart. `text` is as received and is what we show and send back; `key` is what
 * two spellings of the same identifier share. ISO and DIN forms of one party stay two identifiers:
 * nobody can convert them back (OICP-IDS-01, -02, -03).
 */
export interface Identifier {
  readonly text: string;
  readonly key: string;
  readonly standard: Standard;
  readonly country: string;
  readonly party: string;
  readonly instance: string;
}

/** `operator` is the part of the id that names its operator, as it is spelled there. */
export interface EvseIdentifier extends Identifier {
  readonly operator: string;
}

export interface ContractIdentifier extends Identifier {
  readonly provider: string;
  /** As received. It is not verified: the field is full of wrong ones (OICP-IDS-08). */
  readonly checkCharacter: string;
}

type Party = Omit<Identifier, 'instance'>;

const EVSE_ISO = /^(([A-Z]{2})\*?([A-Z0-9]{3}))\*?E([A-Z0-9*]{1,30})$/i;
const EVSE_DIN = /^(\+?([0-9]{1,3})\*([0-9]{3}))\*([0-9*]{1,32})$/;
const OPERATOR_ISO = /^([A-Z]{2})\*?([A-Z0-9]{3})$/i;
const OPERATOR_DIN = /^\+?([0-9]{1,3})\*([0-9]{3})$/;
const PROVIDER = /^([A-Z]{2})([*-]?)([A-Z0-9]{3})$/i;
const CONTRACT_ISO = /^(([A-Z]{2})-?([A-Z0-9]{3}))-?(C[A-Z0-9]{8})-?([A-Z0-9])$/i;
const CONTRACT_DIN = /^(([A-Z]{2})[*-]?([A-Z0-9]{3}))[*-]?([A-Z0-9]{6})[*-]?([0-9X])$/i;
const CONTRACT_UNCHECKED = /^[A-Z]{2}-?[A-Z0-9]{3}-?C[A-Z0-9]{8}$/i;
const UID = /^(?:[0-9A-F]{8}|[0-9A-F]{14}|[0-9A-F]{20})$/;
const SESSION_ID = /^[A-Za-z0-9]{8}(-[A-Za-z0-9]{4}){3}-[A-Za-z0-9]{12}$/;

const upper = (text = ''): string => text.toUpperCase();
const withoutStars = (text: string): string => upper(text).replaceAll('*', '');
const withoutPlus = (text: string): string => text.replace(/^\+/, '');
const compact = (text: string): string => upper(text).replace(/[*-]/g, '');

export function parseEvseId(text: string): EvseIdentifier | undefined {
  const iso = EVSE_ISO.exec(text);
  if (iso) return evse(text, withoutStars(text), 'ISO', iso);
  const din = EVSE_DIN.exec(text);
  return din ? evse(text, withoutPlus(text), 'DIN', din) : undefined;
}

function evse(
  text: string,
  key: string,
  standard: Standard,
  [, operator = '', country, party, instance]: RegExpExecArray,
): EvseIdentifier {
  const parts = { country: upper(country), party: upper(party), instance: upper(instance) };
  return { text, key, standard, operator, ...parts };
}

export function parseOperatorId(text: string): Party | undefined {
  const iso = OPERATOR_ISO.exec(text);
  if (iso) return partyOf(text, withoutStars(text), 'ISO', [iso[1], iso[2]]);
  const din = OPERATOR_DIN.exec(text);
  return din ? partyOf(text, withoutPlus(text), 'DIN', [din[1], din[2]]) : undefined;
}

export function parseProviderId(text: string): Party | undefined {
  const parts = PROVIDER.exec(text);
  if (!parts) return undefined;
  const [, country, separator, party] = parts;
  return partyOf(text, compact(text), separator === '*' ? 'DIN' : 'ISO', [country, party]);
}

const partyOf = (
  text: string,
  key: string,
  standard: Standard,
  [country, party]: readonly [string | undefined, string | undefined],
): Party => ({ text, key, standard, country: upper(country), party: upper(party) });

/** An EvcoID (eMAID): ISO 15118 or DIN 91286 form. */
export function parseContractId(text: string): ContractIdentifier | undefined {
  const iso = CONTRACT_ISO.exec(text);
  if (iso) return contract(text, 'ISO', iso);
  const din = CONTRACT_DIN.exec(text);
  return din ? contract(text, 'DIN', din) : undefined;
}

function contract(
  text: string,
  standard: Standard,
  [, provider = '', country, party, instance, check]: RegExpExecArray,
): ContractIdentifier {
  const parts = { country: upper(country), party: upper(party), instance: upper(instance) };
  const checkCharacter = upper(check);
  return { text, key: compact(text), standard, provider, ...parts, checkCharacter };
}

/**
 * A contract id as OICP wants it: with its check character, which its pattern makes mandatory and
 * ISO 15118 does not (OICP-IDS-10). The separators stay as they are.
 *
 * @returns undefined when the text is no contract id at all.
 */
export function checkedContractId(text: string): string | undefined {
  if (!CONTRACT_UNCHECKED.test(text)) return parseContractId(text) && text;
  const check = isoCheckCharacter(compact(text));
  if (check === undefined) return undefined;
  return text.includes('-') ? `${text}-${check}` : text + check;
}

/**
 * A card's UID as OICP writes it: hexadecimal, upper case, no separators, 4, 7 or 10 bytes.
 *
 * @returns undefined for anything else: it is not sent (OICP-IDS-12, -13).
 */
export function normalizedUid(text: string): string | undefined {
  const uid = upper(text).replace(/[\s:.-]/g, '');
  return UID.test(uid) ? uid : undefined;
}

/** Broker session ids are compared without regard to case (OICP-SES-05). */
export const sessionIdKey = (text: string): string => text.toLowerCase();
export const isBrokerSessionId = (text: string): boolean => SESSION_ID.test(text);

const sameKey =
  (parse: (text: string) => { readonly key: string } | undefined) =>
  (one: string, other: string): boolean => {
    const parsed = parse(one);
    return parsed !== undefined && parsed.key === parse(other)?.key;
  };

export const isSameEvse = sameKey(parseEvseId);
export const isSameOperator = sameKey(parseOperatorId);
export const isSameProvider = sameKey(parseProviderId);
