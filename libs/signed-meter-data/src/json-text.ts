/** Deeper than any record seen in the field. */
const NESTING_MAX = 16;

/** A number keeps its text: `62500.1270` is not `62500.127`. */
export type JsonText =
  | { readonly kind: 'text' | 'number'; readonly text: string }
  | { readonly kind: 'word'; readonly text: 'true' | 'false' | 'null' }
  | { readonly kind: 'list'; readonly items: readonly JsonText[] }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, JsonText> };

/** Says what is wrong with a JSON text; never leaves this library. */
export class NotJson extends Error {}

const TOKEN =
  /[ \t\r\n]*(?:("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)|([{}[\],:]))/y;

class Tokens {
  private at = 0;
  private kept: RegExpExecArray | undefined;

  constructor(private readonly text: string) {}

  next(): RegExpExecArray {
    const { kept } = this;
    this.kept = undefined;
    if (kept) return kept;
    TOKEN.lastIndex = this.at;
    const found = TOKEN.exec(this.text);
    if (!found) throw new NotJson(`no JSON at character ${this.at}`);
    this.at = TOKEN.lastIndex;
    return found;
  }

  /** Takes the sign when it comes next. */
  sign(sign: string): boolean {
    const found = this.next();
    if (found[4] === sign) return true;
    this.kept = found;
    return false;
  }

  ended(): boolean {
    return this.text.slice(this.at).trim() === '';
  }
}

/**
 * Reads a JSON text and keeps numbers as they are written. A name that stands twice in one object
 * is refused: two readers would read two different records.
 *
 * @throws NotJson
 */
export function parseJsonText(text: string): JsonText {
  const tokens = new Tokens(text);
  const value = valueOf(tokens, 0);
  if (!tokens.ended()) throw new NotJson('something follows the JSON');
  return value;
}

function valueOf(tokens: Tokens, depth: number): JsonText {
  if (depth > NESTING_MAX) throw new NotJson('nested too deep');
  const [, text, number, word, sign] = tokens.next();
  if (text !== undefined) return { kind: 'text', text: JSON.parse(text) as string };
  if (number !== undefined) return { kind: 'number', text: number };
  if (word !== undefined) return { kind: 'word', text: word as 'null' };
  if (sign === '{') return objectOf(tokens, depth);
  if (sign === '[') return listOf(tokens, depth);
  throw new NotJson(`unexpected ${sign ?? 'end'}`);
}

function listOf(tokens: Tokens, depth: number): JsonText {
  const items: JsonText[] = [];
  if (tokens.sign(']')) return { kind: 'list', items };
  do items.push(valueOf(tokens, depth + 1));
  while (tokens.sign(','));
  if (!tokens.sign(']')) throw new NotJson('a list does not end');
  return { kind: 'list', items };
}

function objectOf(tokens: Tokens, depth: number): JsonText {
  const members = new Map<string, JsonText>();
  if (tokens.sign('}')) return { kind: 'object', members };
  do {
    const [, quoted] = tokens.next();
    if (quoted === undefined || !tokens.sign(':')) throw new NotJson('a name is missing');
    const name = JSON.parse(quoted) as string;
    if (members.has(name)) throw new NotJson(`${name.slice(0, 40)} stands twice`);
    members.set(name, valueOf(tokens, depth + 1));
  } while (tokens.sign(','));
  if (!tokens.sign('}')) throw new NotJson('an object does not end');
  return { kind: 'object', members };
}

export type Fields = ReadonlyMap<string, JsonText>;

/** Text, number or word as written; empty where there is none. */
export function textOf(fields: Fields, ...names: readonly string[]): string {
  for (const name of names) {
    const value = fields.get(name);
    if (value && 'text' in value) return value.text;
  }
  return '';
}
