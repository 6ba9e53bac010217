import { type Cause } from '@voltledger/kernel';
import { type OcpiVersion, type Party } from '@voltledger/ocpi';
import { type EdgeRequest, newUuid } from '@voltledger/platform';
import { z } from 'zod';
import { type Partner } from '../projections/partner';
import { invalid, notJson } from './ocpi-answer';

/** A request as it came, before anybody knows who sent it. */
export interface OcpiRequest {
  readonly method: string;
  /** Decoded once; a trailing slash makes no difference (OCPI-TRN-22, OCPI-TRN-23). */
  readonly segments: readonly string[];
  /** The address as the partner wrote it. */
  readonly url: URL;
  readonly headers: EdgeRequest['headers'];
  readonly body: unknown;
  readonly requestId: string;
  readonly correlationId: string;
}

/** Whose request it is. `token` is the one that was shown: only its owner knows it. */
export interface Peer {
  readonly partner: Partner;
  readonly token: string;
}

/** A request that may be answered. */
export interface OcpiCall {
  readonly request: OcpiRequest;
  readonly peer: Peer;
  /** Values of the path, in the order of its pattern. */
  readonly path: readonly string[];
  /** Which of our parties is meant, and which of the partner's asks. */
  readonly route: { readonly to: Party | undefined; readonly from: Party | undefined };
  readonly cause: Cause;
}

/** A request of a functional module. */
export interface ModuleCall extends OcpiCall {
  readonly version: OcpiVersion;
}

/** The nth value of the path; patterns and handlers are written side by side. */
export function pathValue({ path }: OcpiCall, index: number): string {
  const value = path[index];
  if (value === undefined) throw new Error(`the path has no value ${index}`);
  return value;
}

/** Every request has ids; one that brings none is given some (OCPI-TRN-13 to 17). */
export const idOf = (given: string | undefined): string =>
  given !== undefined && /^[\x21-\x7e]{1,256}$/.test(given) ? given : newUuid();

/** @throws OcpiRefusal with HTTP 400 (OCPI-ENV-07) */
export function jsonOf(body: unknown): unknown {
  if (typeof body !== 'string' || body === '') return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw notJson();
  }
}

/** Reads what a partner sent. @throws OcpiRefusal 2001 naming field and rule */
export function reading<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof z.ZodError) throw invalid(z.prettifyError(error));
    throw error;
  }
}
