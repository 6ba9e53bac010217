import { type RpcFault } from './error-codes';
import { CALL, CALLERROR, CALLRESULT, type Dialect } from './frame';

const DESCRIPTION_MAX = 255;
/** The id of an answer to a frame whose id nobody could read. */
const UNKNOWN_ID = '-1';

export const callText = (id: string, action: string, payload: object): string =>
  JSON.stringify([CALL, id, action, payload]);

export const resultText = (id: string, payload: object): string =>
  JSON.stringify([CALLRESULT, id, payload]);

export const errorText = (
  { spelling }: Dialect,
  id: string,
  { fault, message, details }: RpcFault,
): string =>
  JSON.stringify([CALLERROR, id, spelling[fault], message.slice(0, DESCRIPTION_MAX), details]);

/** The answer to a frame that cannot be read (OCPP-J-RPC-04). */
export function unreadableText(
  { spelling, unreadable }: Dialect,
  id: string | undefined,
  problem: string,
): string {
  const fault = id === undefined ? unreadable.withoutId : unreadable.withId;
  const description = problem.slice(0, DESCRIPTION_MAX);
  return JSON.stringify([CALLERROR, id ?? UNKNOWN_ID, spelling[fault], description, {}]);
}
