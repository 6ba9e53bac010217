import { type ErrorSpelling, type Fault } from './error-codes';
import { NESTING_MAX, nestingOf, parseJson } from './json-text';

export const CALL = 2;
export const CALLRESULT = 3;
export const CALLERROR = 4;

/** How a version frames its messages. */
export interface Dialect {
  readonly spelling: ErrorSpelling;
  /** What an unreadable frame is answered with (OCPP-J-RPC-04). */
  readonly unreadable: { readonly withId: Fault; readonly withoutId: Fault };
}

export interface Call {
  readonly kind: 'call';
  readonly id: string;
  readonly action: string;
  readonly payload: unknown;
}

export type Answer =
  | { readonly kind: 'result'; readonly id: string; readonly payload: unknown }
  | {
      readonly kind: 'error';
      readonly id: string;
      readonly code: string;
      readonly description: string;
      readonly details: unknown;
    };

export type Frame =
  | Call
  | Answer
  /** Needs a CALLERROR; `id` is there when it could be read. */
  | { readonly kind: 'unreadable'; readonly id?: string; readonly problem: string }
  /** Counted, and never answered. */
  | { readonly kind: 'ignored'; readonly reason: string };

/** Reads one text message. Every text yields a frame; none throws. */
export function readFrame(text: string): Frame {
  if (text.trim() === '') return { kind: 'ignored', reason: 'empty message' };
  if (nestingOf(text) > NESTING_MAX)
    return { kind: 'unreadable', problem: `nested deeper than ${NESTING_MAX} levels` };
  let message: unknown;
  try {
    message = parseJson(text);
  } catch {
    return { kind: 'unreadable', problem: 'not JSON' };
  }
  if (!Array.isArray(message)) return { kind: 'unreadable', problem: 'not a JSON array' };
  return frameOf(message);
}

function frameOf(message: readonly unknown[]): Frame {
  const [type] = message;
  if (type === CALL) return callOf(message);
  if (type === CALLRESULT) return resultOf(message);
  if (type === CALLERROR) return errorOf(message);
  if (typeof type === 'number') return { kind: 'ignored', reason: `message type ${type}` };
  return unreadable(message, 'the first element must be the message type');
}

function callOf(message: readonly unknown[]): Frame {
  const [, id, action, payload] = message;
  if (message.length !== 4) return unreadable(message, 'a CALL has four elements');
  if (typeof id !== 'string') return unreadable(message, 'the message id must be a string');
  if (typeof action !== 'string') return unreadable(message, 'the action must be a string');
  return { kind: 'call', id, action, payload };
}

function resultOf(message: readonly unknown[]): Frame {
  const [, id, payload] = message;
  if (message.length !== 3 || typeof id !== 'string')
    return { kind: 'ignored', reason: 'malformed CALLRESULT' };
  return { kind: 'result', id, payload };
}

/** Lenient: whatever is wrong with it, the call it answers has failed. */
function errorOf(message: readonly unknown[]): Frame {
  const [, id, code, description, details] = message;
  if (typeof id !== 'string') return { kind: 'ignored', reason: 'malformed CALLERROR' };
  return {
    kind: 'error',
    id,
    code: typeof code === 'string' ? code : '',
    description: typeof description === 'string' ? description : '',
    details: details ?? {},
  };
}

const unreadable = ([, id]: readonly unknown[], problem: string): Frame => ({
  kind: 'unreadable',
  problem,
  ...(typeof id === 'string' && { id }),
});
