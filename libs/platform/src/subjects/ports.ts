import { type SubjectName } from '@voltledger/contracts';

/**
 * Seals what tells of a person, and opens it again. Both answer at once when the keys are known
 * here, and with a promise when they have to be fetched first.
 */
export interface PersonalData {
  readonly seal: <Document>(document: Document) => Document | Promise<Document>;
  /** What was erased reads as `erased-…`. */
  readonly open: <Document>(document: Document) => Document | Promise<Document>;
}

/** What an erasure does to keys. Everything may be repeated. */
export interface SubjectKeyring {
  /** From here on nobody can read what was sealed for them, nor seal anything more. */
  readonly destroy: (names: readonly SubjectName[]) => Promise<void>;
  /** Who comes with that name from now on is somebody new. */
  readonly release: (names: readonly SubjectName[]) => Promise<void>;
  /** How long a process may keep a key that was destroyed elsewhere. */
  readonly keptMs: number;
}
