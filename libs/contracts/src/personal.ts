import { tokenType } from './token';

/**
 * Whose key seals a value: the holder of a token, a session (its signed records name the driver
 * inside a signature, so the whole record goes with it), or an erasure under way.
 */
export type SubjectName = `erasure:${string}` | `session:${string}` | `token:${string}`;

export const tokenSubject = (uid: string): SubjectName => `token:${uid.toLowerCase()}`;
export const sessionSubject = (sessionId: string): SubjectName => `session:${sessionId}`;
export const erasureSubject = (erasureId: string): SubjectName => `erasure:${erasureId}`;

/** What becomes of one personal value. */
export type PersonalChange = (value: string, subject: SubjectName) => string;

/** What of each shape tells who charged. Everything else in our events tells nothing of a person. */
export const PERSONAL_FIELDS = {
  token: ['uid', 'contractId', 'groupId', 'visualNumber'],
  identification: ['uid', 'evcoId'],
  verdict: ['groupId'],
  signedRecord: ['data'],
  erasure: ['personal'],
} as const;

type Fields = Readonly<Record<string, unknown>>;

/** What the surroundings of a value tell of its person. */
interface Surroundings {
  readonly sessionId?: string;
  readonly token?: SubjectName;
}

/**
 * The document with every personal value changed, wherever in it: an event, a snapshot, a row. The
 * same document when nothing is. Values are known by the shape they stand in, so that a document no
 * contract knows (a state, an older version) is treated like any other.
 */
export function mapPersonal<Document>(document: Document, change: PersonalChange): Document {
  return mapped(document, {}, change) as Document;
}

function mapped(value: unknown, around: Surroundings, change: PersonalChange): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return mappedList(value, around, change);
  return mappedFields(value as Fields, around, change);
}

function mappedFields(fields: Fields, around: Surroundings, change: PersonalChange): Fields {
  const within = surroundings(fields, around);
  const personal = personalFields(fields, within);
  let copy: Record<string, unknown> | undefined;
  for (const [name, member] of Object.entries(fields)) {
    const next =
      personal && typeof member === 'string' && personal.names.includes(name)
        ? change(member, personal.subject)
        : mapped(member, within, change);
    if (next !== member) (copy ??= { ...fields })[name] = next;
  }
  return copy ?? fields;
}

function mappedList(list: readonly unknown[], around: Surroundings, change: PersonalChange) {
  let copy: unknown[] | undefined;
  for (const [index, member] of list.entries()) {
    const next = mapped(member, around, change);
    if (next !== member) (copy ??= [...list])[index] = next;
  }
  return copy ?? list;
}

function surroundings(fields: Fields, around: Surroundings): Surroundings {
  const { sessionId } = fields;
  const token = subjectOfToken(fields['token']) ?? subjectOfToken(fields['presented']);
  if (typeof sessionId !== 'string' && !token) return around;
  return {
    ...around,
    ...(typeof sessionId === 'string' && { sessionId }),
    ...(token && { token }),
  };
}

interface Personal {
  readonly names: readonly string[];
  readonly subject: SubjectName;
}

function personalFields(fields: Fields, around: Surroundings): Personal | undefined {
  const token = subjectOfToken(fields);
  if (token) return { names: PERSONAL_FIELDS.token, subject: token };
  if (isSignedRecord(fields)) return signedRecord(around);
  return identification(fields, around) ?? verdict(fields) ?? erasure(fields);
}

const TOKEN_TYPES: ReadonlySet<unknown> = new Set(tokenType.options);

/** A token as it is presented, issued, or remembered by a session. */
function subjectOfToken(value: unknown): SubjectName | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const { uid, type } = value as Fields;
  return typeof uid === 'string' && TOKEN_TYPES.has(type) ? tokenSubject(uid) : undefined;
}

const IDENTIFICATIONS: ReadonlySet<unknown> = new Set(['rfid', 'plug-and-charge', 'remote']);

/** OICP's own way to name the driver. */
function identification(fields: Fields, { token }: Surroundings): Personal | undefined {
  const { kind, uid, evcoId } = fields;
  const named = typeof uid === 'string' ? uid : evcoId;
  if (!IDENTIFICATIONS.has(kind) || typeof named !== 'string') return undefined;
  return { names: PERSONAL_FIELDS.identification, subject: token ?? tokenSubject(named) };
}

/** An answer to a station says which group of tokens may end the session. */
function verdict({ status, groupId }: Fields): Personal | undefined {
  if (status !== 'accepted' || typeof groupId !== 'string') return undefined;
  return { names: PERSONAL_FIELDS.verdict, subject: tokenSubject(groupId) };
}

const isSignedRecord = ({ data, signingMethod, encodingMethod }: Fields): boolean =>
  typeof data === 'string' && typeof signingMethod === 'string' && encodingMethod !== undefined;

/** Nobody can be told from a record without session and token: there is nobody to erase. */
function signedRecord({ sessionId, token }: Surroundings): Personal | undefined {
  const subject = sessionId === undefined ? token : sessionSubject(sessionId);
  return subject && { names: PERSONAL_FIELDS.signedRecord, subject };
}

/** What an erasure has to look for, until it is completed. */
const erasure = ({ erasureId, personal }: Fields): Personal | undefined =>
  typeof erasureId === 'string' && typeof personal === 'string'
    ? { names: PERSONAL_FIELDS.erasure, subject: erasureSubject(erasureId) }
    : undefined;
