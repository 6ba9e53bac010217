import { mapPersonal, tokenSubject } from '@voltledger/contracts';
import { isPersonalName } from './personal-names';

/** Shorter ones stand for other things as well, and are only looked for where a person is named. */
const DISTINCTIVE_MIN = 8;

/** What is looked for, and what takes its place. */
export interface ErasedPerson {
  /** Token, contract, visual number, as they were spelled. */
  readonly values: readonly string[];
  readonly sessionIds: readonly string[];
  readonly mark: string;
}

/** Takes a person out of texts and documents. */
export class PersonEraser {
  private readonly exact: ReadonlySet<string>;
  private readonly subjects: ReadonlySet<string>;
  private readonly within: RegExp | undefined;

  constructor(private readonly person: ErasedPerson) {
    this.exact = new Set(person.values.map((value) => value.toLowerCase()));
    this.subjects = new Set(person.values.map(tokenSubject));
    const spelled = person.values
      .filter(({ length }) => length >= DISTINCTIVE_MIN)
      .flatMap(spellings)
      .map(escaped);
    this.within =
      spelled.length > 0
        ? new RegExp(`(?<![A-Za-z0-9])(?:${spelled.join('|')})(?![A-Za-z0-9])`, 'gi')
        : undefined;
  }

  /** For `ilike any`: rows that may name the person. Some that do not are found, too. */
  get patterns(): string[] {
    return this.person.values.flatMap(spellings).map((text) => `%${likeEscaped(text)}%`);
  }

  /** @param name of the column or field that it stands in. */
  text(name: string, text: string): string {
    if (isPersonalName(name) && this.exact.has(text.toLowerCase())) return this.person.mark;
    return this.within ? text.replaceAll(this.within, this.person.mark) : text;
  }

  /** @param ofTheirs it is about a session of that person: its signed records go as a whole. */
  document(document: unknown, ofTheirs: boolean): unknown {
    const { mark } = this.person;
    const without = mapPersonal(document, (value, subject) =>
      ofTheirs || this.subjects.has(subject) ? mark : value,
    );
    return this.walk('', without);
  }

  private walk(name: string, value: unknown): unknown {
    if (typeof value === 'string') return this.text(name, value);
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map((member) => this.walk(name, member));
    if (this.isSignedRecord(value)) return { ...value, data: this.person.mark };
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, this.walk(key, member)]),
    );
  }

  /** A record that names the person inside its signature. */
  private isSignedRecord(value: object): boolean {
    const { data, signingMethod } = value as { data?: unknown; signingMethod?: unknown };
    return (
      typeof data === 'string' &&
      typeof signingMethod === 'string' &&
      this.within !== undefined &&
      data.replaceAll(this.within, '') !== data
    );
  }
}

/** As it is, and as bytes in hexadecimal and Base64. */
const spellings = (value: string): string[] => {
  const bytes = Buffer.from(value, 'utf8');
  return [value, bytes.toString('hex'), bytes.toString('base64')];
};

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
const likeEscaped = (text: string): string => text.replaceAll(/[%\\_]/g, String.raw`\$&`);
