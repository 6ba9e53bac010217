import { type SignedContent } from '@voltledger/contracts';
import { type CheckedSignature } from './signature';
import { type MeterKey } from './public-key';

/** Longest record that is looked at, in characters (domain.md 3.13). */
export const RECORD_MAX = 65_536;

/** What is known of a signed record's signature, and what it says. */
export interface Examined {
  /** `OCMF`, `ALFEN`, …; empty where nobody here knows it. */
  readonly format: string;
  readonly signature: 'valid' | 'invalid' | 'undecided' | 'malformed';
  /** Why not valid: `VERIFY_FAILED`, `NO_PUBLIC_KEY`, `NOT_VERIFIABLE_HERE`, … */
  readonly reason?: string;
  /** As the record names it; where it names none, the format's default. */
  readonly algorithm?: string;
  readonly encoding?: 'hex' | 'base64' | 'base32';
  readonly checked?: CheckedSignature;
  /** The key that was used. */
  readonly key?: MeterKey;
  /** Who the record says measured: serials of meter and gateway, and the charge point. */
  readonly meterIds: readonly string[];
  readonly content?: SignedContent;
}
