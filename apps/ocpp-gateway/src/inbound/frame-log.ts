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

function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (value === null || typeof value !== 'object') return value;
  const setsSecret = SECRET_KEYS.test(nameOfSetting(value));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]: [string, unknown]) => [
      name,
      isSecret(name, member) || (setsSecret && /value$/i.test(name)) ? MASK : masked(member),
    ]),
  );
}

/** Some tokens are objects that hold their text under the same name. */
const isSecret = (name: string, member: unknown): boolean =>
  SECRETS.has(name.toLowerCase()) && typeof member !== 'object';

/** What a member of ChangeConfiguration or SetVariables sets. */
function nameOfSetting(value: object): string {
  const { key, variable } = value as { key?: unknown; variable?: { name?: unknown } };
  const name = key ?? variable?.name;
  return typeof name === 'string' ? name : '';
}
