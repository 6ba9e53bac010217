/** Deeper than any message of any version; keeps later recursion over free-form parts harmless. */
export const NESTING_MAX = 32;

const QUOTE = 34;
const BACKSLASH = 92;
const OPENING = new Set([91, 123]);
const CLOSING = new Set([93, 125]);

/** How deep arrays and objects nest in a JSON text. Linear, and does not recurse. */
export function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (OPENING.has(code)) deepest = Math.max(deepest, (depth += 1));
    else if (CLOSING.has(code)) depth -= 1;
  }
  return deepest;
}

function endOfString(text: string, opening: number): number {
  for (let at = opening + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE) return at;
  }
  return text.length;
}

/** Only an escape can bring these in: raw ones are no JSON, or no UTF-8. */
const SUSPICIOUS = /\\u(?:0000|[dD][89a-fA-F])/;
const UNSTORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Parses a JSON text. U+0000 and halves of surrogate pairs become U+FFFD: no database holds them as
 * text, and a report that cannot be stored would be repeated by its station for ever.
 *
 * Decimals: `String(number)` of what this returns is the written value up to 15 significant digits,
 * which is a milliwatt-hour in a terawatt-hour (OCPP-J-RPC-27).
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return SUSPICIOUS.test(text) ? storable(value) : value;
}

function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(UNSTORABLE, '\ufffd');
  if (Array.isArray(value)) return value.map(storable);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.replace(UNSTORABLE, '\ufffd'),
      storable(member),
    ]),
  );
}
