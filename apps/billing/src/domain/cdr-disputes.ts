import { type Cdr, type CdrEvent, type DisputeResolution } from '@voltledger/contracts';
import { type CdrId } from '@voltledger/kernel';
import { type OpenDispute, type RejectDispute } from './cdr-commands';
import { sameId } from './cdr-document';
import * as refusals from './errors';
import { type SessionCdrs } from './session-cdrs';

/** Somebody does not want to pay the live CDR. Until that is resolved, it stays as it is. */
export function openDispute(
  { type: _type, ...opened }: OpenDispute,
  { live, dispute }: SessionCdrs,
): CdrEvent[] {
  if (!live || !sameId(live.cdrId, opened.cdrId)) throw refusals.cdrNotLive(opened.cdrId);
  if (dispute) throw refusals.cdrDisputed(live.cdrId, dispute.disputeId);
  mustBeOwed(opened, live);
  return [{ type: 'DisputeOpened', data: { ...opened, cdrId: live.cdrId } }];
}

function mustBeOwed({ amount }: Pick<OpenDispute, 'amount'>, { billed }: Cdr): void {
  const owed = billed.afterTaxes;
  if (!amount) return;
  if (amount.currency !== owed.currency || amount.micros > owed.micros)
    throw refusals.disputedBeyond(owed);
}

export function rejectDispute(
  { sessionId, resolution, at }: RejectDispute,
  { live, dispute }: SessionCdrs,
): CdrEvent[] {
  if (!live || dispute?.disputeId !== resolution.disputeId)
    throw refusals.disputeNotOpen(resolution.disputeId);
  return [{ type: 'DisputeResolved', data: { sessionId, ...resolution, cdrId: live.cdrId, at } }];
}

/** A credit ends the dispute it resolves; none that is open lets any other credit through. */
export function resolvedBy(
  resolution: DisputeResolution | undefined,
  cdrId: CdrId,
  dispute: SessionCdrs['dispute'],
  { sessionId, issuedAt: at }: Cdr,
): CdrEvent[] {
  if (dispute && dispute.disputeId !== resolution?.disputeId)
    throw refusals.cdrDisputed(cdrId, dispute.disputeId);
  if (!resolution) return [];
  if (!dispute) throw refusals.disputeNotOpen(resolution.disputeId);
  return [{ type: 'DisputeResolved', data: { sessionId, ...resolution, cdrId, at } }];
}
