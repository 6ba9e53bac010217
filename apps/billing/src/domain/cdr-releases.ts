import { type CdrEvent } from '@voltledger/contracts';
import {
  type ApproveRelease,
  type ByHand,
  type RefuseRelease,
  type ReleaseCdr,
} from './cdr-commands';
import * as refusals from './errors';
import { sameJson } from './same-json';
import { type SessionCdrs } from './session-cdrs';

/**
 * A person vouches for what is held. Above the limit that is a request only: somebody else, with
 * another key, has to approve of it (four eyes, domain.md section 1, event 17).
 */
export function releaseCdr(command: ReleaseCdr, { held, requested }: SessionCdrs): CdrEvent[] {
  if (!held) throw refusals.cdrNotHeld(command.sessionId);
  const { amount, needsApproval } = command;
  if (!needsApproval) return [{ type: 'CdrReleased', data: act(command) }];
  if (requested) throw refusals.releaseRequested(requested.by);
  return [{ type: 'CdrReleaseRequested', data: { ...act(command), ...(amount && { amount }) } }];
}

export function approveRelease(command: ApproveRelease, state: SessionCdrs): CdrEvent[] {
  const { by, note, key, amount: asked, sessionId } = pending(command, state);
  if (key !== undefined && key === command.key) throw refusals.sameEyes(by);
  if (!sameJson(asked, command.amount)) throw refusals.releaseOutdated(sessionId);
  const { by: approver, key: approverKey, note: approverNote, at } = command;
  const approval = { by: approver, note: approverNote, ...(approverKey && { key: approverKey }) };
  const data = { sessionId, by, note, ...(key && { key }), approval, at };
  return [{ type: 'CdrReleased', data }];
}

export function refuseRelease(command: RefuseRelease, state: SessionCdrs): CdrEvent[] {
  pending(command, state);
  return [{ type: 'CdrReleaseRefused', data: act(command) }];
}

function pending({ sessionId }: ByHand, { requested }: SessionCdrs) {
  if (!requested) throw refusals.noReleaseRequested(sessionId);
  return requested;
}

const act = ({ sessionId, by, key, note, at }: ByHand) => ({
  ...{ sessionId, by, note, at, ...(key && { key }) },
});
