import { type Cdr, type CdrEvent } from '@voltledger/contracts';
import { type Decider } from '@voltledger/kernel';
import {
  type Basis,
  type CdrCommand,
  type CorrectCdr,
  type CreditCdr,
  type HoldCdr,
  type IssueCdr,
  type ReleaseCdr,
} from './cdr-commands';
import { creditOf, sameId } from './cdr-document';
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
  stateVersion: 1,
  initial: noCdrs,
  decide,
  evolve,
};

function decide(command: CdrCommand, state: SessionCdrs): CdrEvent[] {
  switch (command.type) {
    case 'IssueCdr':
      return issueCdr(command, state);
    case 'HoldCdr':
      return holdCdr(command, state);
    case 'ReleaseCdr':
      return releaseCdr(command, state);
    case 'CreditCdr':
      return creditCdr(command, state);
    case 'CorrectCdr':
      return correctCdr(command, state);
  }
}

function issueCdr({ issued, basis }: Omit<IssueCdr, 'type'>, state: SessionCdrs): CdrEvent[] {
  if (state.live && sameCharge(state.live, issued.cdr)) return [];
  if (state.live) throw refusals.cdrAlreadyIssued(state.live.cdrId);
  mustRestOn(basis, issued.cdr);
  mustBeIssuable(issued.cdr, state);
  return [{ type: 'CdrIssued', data: issued }];
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

function releaseCdr({ sessionId, by, note, at }: ReleaseCdr, { held }: SessionCdrs): CdrEvent[] {
  if (!held) throw refusals.cdrNotHeld(sessionId);
  return [{ type: 'CdrReleased', data: { sessionId, by, note, at } }];
}

function creditCdr(
  { credit: { cdr: credit, seal }, reason, by }: Omit<CreditCdr, 'type'>,
  { live, ids }: SessionCdrs,
): CdrEvent[] {
  if (!live || credit.credits !== live.cdrId)
    throw refusals.cdrNotLive(credit.credits ?? credit.cdrId);
  mustBeNew(credit, ids);
  if (!sameJson(credit, creditOf(live, credit.cdrId, credit.issuedAt)))
    throw refusals.notACreditOf(live.cdrId);
  return [{ type: 'CdrCredited', data: { originalId: live.cdrId, credit, seal, reason, by } }];
}

function correctCdr(command: CorrectCdr, state: SessionCdrs): CdrEvent[] {
  if (state.live && sameCharge(state.live, command.issued.cdr)) return [];
  const taken = creditCdr(command, state);
  return [...taken, ...issueCdr(command, taken.reduce(evolve, state))];
}
