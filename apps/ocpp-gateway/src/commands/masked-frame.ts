import { FRAME_MAX } from '@voltledger/contracts';

/** MessageTypeId of a CALL (OCPP-J). */
const CALL = 2;
const SIGNED = 'SignedData';
const SECRETS = new Set([
  'idtag',
  'parentidtag',
  'idtoken',
  'groupidtoken',
  'additionalidtoken',
  'password',
  'basicauthpassword',
  'authorizationkey',
]);
const SECRET_KEYS = /authorizationkey|basicauthpassword/i;
const MASK = '***';

/** A frame for the log, with tokens and passwords masked (OCPP-J-CONN-21). Any text will do. */
export function maskedFrame(text: string): string {
  try {
    return JSON.stringify(masked(JSON.parse(text)));
  } catch {
    return `(${text.length} characters that are no JSON)`;
  }
}

/**
 * The call behind a report, for whoever has to explain it later: as the station sent it, but for
 * tokens and signed records, which are kept with the session itself (and erased with its driver).
 */
export function keptFrame(callId: string, action: string, payload: object): string {
  const text = JSON.stringify(masked([CALL, callId, action, payload]));
  return text.length <= FRAME_MAX ? text : `${text.slice(0, FRAME_MAX - 1)}…`;
}

function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (value === null || typeof value !== 'object') return value;
  const setsSecret = SECRET_KEYS.test(nameOfSetting(value));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]: [string, unknown]) => [
      name,
      setsSecret && /value$/i.test(name) ? MASK : maskedMember(name, member, value),
    ]),
  );
}

function maskedMember(name: string, member: unknown, of: object): unknown {
  if (isSecret(name, member)) return MASK;
  return isSignedRecord(name, member, of) ? `(${member.length} characters)` : masked(member);
}

/** Some tokens are objects that hold their text under the same name. */
const isSecret = (name: string, member: unknown): boolean =>
  SECRETS.has(name.toLowerCase()) && typeof member !== 'object';

/** A signed record names the driver, and cannot be cut without killing its signature. */
const isSignedRecord = (name: string, member: unknown, of: object): member is string =>
  typeof member === 'string' &&
  (name === 'signedMeterData' || (name === 'value' && 'format' in of && of.format === SIGNED));

/** What a member of ChangeConfiguration or SetVariables sets. */
function nameOfSetting(value: object): string {
  const { key, variable } = value as { key?: unknown; variable?: { name?: unknown } };
  const name = key ?? variable?.name;
  return typeof name === 'string' ? name : '';
}
