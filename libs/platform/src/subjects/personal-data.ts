import { type SubjectName, mapPersonal } from '@voltledger/contracts';
import { type PersonalData } from './ports';
import { foreignMark, isMark, sealedFor } from './subject-key';
import { type SubjectKeys } from './subject-keys';

/**
 * Without `SUBJECT_SECRET_KEY` everything stays readable, and nobody can be erased. What somebody
 * with keys has sealed (another cell, say) is told apart, and no more.
 */
export const unsealed: PersonalData = {
  seal: (document) => document,
  open: <Document>(document: Document) =>
    mapTexts(document, (value) => {
      const subjectId = sealedFor(value);
      return subjectId === undefined ? value : foreignMark(subjectId);
    }) as Document,
};

/** With one key per person. */
export class SealedPersonalData implements PersonalData {
  constructor(private readonly keys: SubjectKeys) {}

  readonly seal = <Document>(document: Document): Document | Promise<Document> => {
    const missing = new Set<SubjectName>();
    const sealed = mapPersonal(document, (value, subject) => {
      if (isMark(value) || sealedFor(value) !== undefined) return value;
      const key = this.keys.ofName(subject);
      if (!key) missing.add(subject);
      return key ? key.seal(value) : value;
    });
    if (missing.size === 0) return sealed;
    return this.keys.loadNames([...missing]).then(() => this.seal(document));
  };

  readonly open = <Document>(document: Document): Document | Promise<Document> => {
    const missing = new Set<string>();
    const opened = mapTexts(document, (value) => {
      const subjectId = sealedFor(value);
      if (subjectId === undefined) return value;
      const key = this.keys.ofId(subjectId);
      if (!key) missing.add(subjectId);
      return key ? key.open(value) : value;
    }) as Document;
    if (missing.size === 0) return opened;
    return this.keys.loadIds([...missing]).then(() => this.open(document));
  };
}

/** Every text in a document; the same document when none changes. */
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const list = value.map((member) => mapTexts(member, change));
    return list.some((member, index) => member !== value[index]) ? list : value;
  }
  let copy: Record<string, unknown> | undefined;
  for (const [name, member] of Object.entries(value)) {
    const next = mapTexts(member, change);
    if (next !== member) (copy ??= { ...value })[name] = next;
  }
  return copy ?? value;
}
