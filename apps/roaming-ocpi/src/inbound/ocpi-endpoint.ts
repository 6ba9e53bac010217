import { type InterfaceRole } from '@voltledger/ocpi';
import { type OcpiAnswer } from './ocpi-answer';
import { type ModuleCall, type OcpiCall } from './ocpi-request';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface OcpiRoute<Call extends OcpiCall = OcpiCall> {
  readonly method: Method;
  /** Below the module's address: fixed words, and `:name` for values. */
  readonly path: readonly string[];
  readonly answer: (call: Call) => Promise<OcpiAnswer>;
}

/** One side of one module. What is listed here is what we offer in our version details. */
export interface OcpiEndpoint {
  readonly module: string;
  readonly role: InterfaceRole;
  readonly routes: readonly OcpiRoute<ModuleCall>[];
}

/** Injection token of all endpoints. */
export const ENDPOINTS = Symbol('OCPI endpoints');

/** @returns the values of the pattern, or undefined where the path is another. */
export function matched(
  pattern: readonly string[],
  segments: readonly string[],
): readonly string[] | undefined {
  if (pattern.length !== segments.length) return undefined;
  const fits = pattern.every((part, index) => part.startsWith(':') || part === segments[index]);
  return fits ? segments.filter((_, index) => pattern[index]?.startsWith(':')) : undefined;
}
