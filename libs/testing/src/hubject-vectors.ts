import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A vector of `test/vectors/oicp` or of the standard; its README says what the members mean. */
export interface OicpVector {
  readonly id: string;
  readonly object: string | null;
  readonly path?: string;
  readonly http?: { readonly status: number; readonly text?: string };
  readonly expect?: {
    readonly outcome?: string;
    readonly code?: string;
    readonly retry?: boolean;
    readonly alarm?: string;
    readonly fields?: readonly string[];
  };
  readonly violations?: readonly { readonly pointer: string; readonly rule: string }[];
  readonly body: unknown;
}

export const OWN_VECTORS = join(__dirname, '../../../test/vectors/oicp/wire');
/** Every example of the standard, where the facts lie beside the repository. */
export const PUBLISHED_VECTORS = join(__dirname, '../../../../shared/vectors/oicp/spec');

export const oicpVectors = (folder: string): OicpVector[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as OicpVector)
    : [];
