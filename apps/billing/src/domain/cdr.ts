import { type Cdr, type CdrEvent } from '@voltledger/contracts';
import { type Decider } from '@voltledger/kernel';
import {
  type Basis,
  type CdrCommand,
  type CorrectCdr,
  type CreditCdr,
  type HoldCdr,
  type IssueCdr,
  type RefuseRerating,
} from './cdr-commands';
import { creditOf, sameId } from './cdr-document';
import { openDispute, rejectDispute, resolvedBy } from './cdr-disputes';
import { approveRelease, refuseRelease, releaseCdr } from './cdr-releases';
import * as refusals from './errors';
import { sameCharge } from './same-charge';
import { sameJson } from './same-json';
import { type SessionCdrs, evolve, noCdrs } from './session-cdrs';

/**
 * The CDRs of one session, stream `cdr-<sessionId>`. At most one of them is live; what was issued is
 * never changed, only credited; and nothing is issued while held (domain.md section 1, invariants).
 */
export const cdr: Decider<SessionCdrs, CdrCommand, CdrEvent> = {
  category: 'cdr',
  schemaVersion: 1,
  stateVersion: 2,
  initial: noCdrs,
  decide,
  evolve,
};

/** What each command leads to; every type is listed. */
const DECISIONS: {
  readonly [Type in CdrCommand['type']]: (
    command: Extract<CdrCommand, { type: Type }>,
    state: SessionCdrs,
  ) => CdrEvent[];
} = {
  IssueCdr: issueCdr,
  HoldCdr: holdCdr,
  ReleaseCdr: releaseCdr,
  ApproveRelease: approveRelease,
  RefuseRelease: refuseRelease,
  CreditCdr: creditCdr,
  CorrectCdr: correctCdr,
  OpenDispute: openDispute,
  RejectDispute: rejectDispute,
  RefuseRerating: refuseRerating,
};

function decide(command: CdrCommand, state: SessionCdrs): CdrEvent[] {
  const decision = DECISIONS[command.type] as (
    command: CdrCommand,
    state: SessionCdrs,
  ) => CdrEvent[];
  return decision(command, state);
}

function issueCdr(
  { issued, basis, reratingId }: Omit<IssueCdr, 'type'>,
  state: SessionCdrs,
): CdrEvent[] {
  if (state.live && sameCharge(state.live, issued.cdr)) return [];
  if (state.live) throw refusals.cdrAlreadyIssued(state.live.cdrId);
  mustRestOn(basis, issued.cdr);
  mustBeIssuable(issued.cdr, state);
  return [{ type: 'CdrIssued', data: { ...issued, ...(reratingId && { reratingId }) } }];
}

function mustRestOn({ endRevision, ratedRevision }: Basis, { sessionId }: Cdr): void {
  if (endRevision === undefined) throw refusals.sessionNotEnded(sessionId);
  if (ratedRevision !== endRevision) throw refusals.sessionNotRated(sessionId);
}

function mustBeIssuable(issued: Cdr, { held, credited, ids }: SessionCdrs): void {
  if (held) throw refusals.cdrHeld(held);
  if (issued.credits !== undefined || issued.replaces !== credited?.cdrId)
    throw refusals.replacesAnother(issued.cdrId);
  mustBeNew(issued, ids);
  if (credited) mustKeepCurrency(credited, issued);
}

function mustBeNew({ cdrId }: Cdr, ids: SessionCdrs['ids']): void {
  if (ids.some((each) => sameId(each, cdrId))) throw refusals.cdrIdTaken(cdrId);
}

function mustKeepCurrency(before: Cdr, now: Cdr): void {
  const [from, to] = [before.billed.afterTaxes.currency, now.billed.afterTaxes.currency];
  if (from !== to) throw refusals.currencyChanged(from, to);
}

function holdCdr({ sessionId, reasons, at }: HoldCdr, { held }: SessionCdrs): CdrEvent[] {
  if (sameJson(held, reasons)) return [];
  return [{ type: 'CdrHeld', data: { sessionId, reasons: [...reasons], at } }];
}

function creditCdr(
  { credit: { cdr: credit, seal }, reason, by, key, ...why }: Omit<CreditCdr, 'type'>,
  { live, ids, dispute }: SessionCdrs,
): CdrEvent[] {
  if (!live || credit.credits !== live.cdrId)
    throw refusals.cdrNotLive(credit.credits ?? credit.cdrId);
  const end = resolvedBy(why.resolution, live.cdrId, dispute, credit);
  mustBeNew(credit, ids);
  if (!sameJson(credit, creditOf(live, credit.cdrId, credit.issuedAt)))
    throw refusals.notACreditOf(live.cdrId);
  const { reratingId } = why;
  const data = { originalId: live.cdrId, credit, seal, reason, by, ...(key && { key }) };
  return [{ type: 'CdrCredited', data: { ...data, ...(reratingId && { reratingId }) } }, ...end];
}

function correctCdr(command: CorrectCdr, state: SessionCdrs): CdrEvent[] {
  if (state.live && sameCharge(state.live, command.issued.cdr)) return [];
  const taken = creditCdr(command, state);
  return [...taken, ...issueCdr(command, taken.reduce(evolve, state))];
}

function refuseRerating(
  { type: _type, ...refused }: RefuseRerating,
  { reratings }: SessionCdrs,
): CdrEvent[] {
  const isKnown = reratings.some(({ reratingId }) => reratingId === refused.reratingId);
  return isKnown ? [] : [{ type: 'ReratingRefused', data: refused }];
}
