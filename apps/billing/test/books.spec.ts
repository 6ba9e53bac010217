import { type Cdr, type CdrEvent, type CdrEventEnvelope } from '@voltledger/contracts';
import { DomainError, fold } from '@voltledger/kernel';
import fc from 'fast-check';
import { cdr } from '../src/domain/cdr';
import { type CdrCommand } from '../src/domain/cdr-commands';
import { cdrFor, creditOf } from '../src/domain/cdr-document';
import { nextStep } from '../src/domain/next-step';
import { type SessionCdrs } from '../src/domain/session-cdrs';
import { type Posting, entryFor, reversed } from '../src/projections/ledger-entry';
import { cdrIdOf, chargeFor, drawing, issuedAt, sealed, session } from './samples';

/** What may happen to the CDRs of a session: its end turns out as so many Wh, or a person acts. */
type Happening =
  | { readonly kind: 'ends' | 'reissue' | 'doubted'; readonly wattHours: number }
  | { readonly kind: 'credit' | 'release' | 'issue again' };

const wattHours = fc.integer({ min: 1, max: 20 });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ kind: fc.constantFrom('ends', 'reissue', 'doubted'), wattHours }),
  fc.record({ kind: fc.constantFrom('credit', 'release', 'issue again') }),
);

const basis = { endRevision: 7, ratedRevision: 7 };
const why = { reason: 'turned out differently', by: 'ada' };
const { sessionId } = session;
const endedWith = (wattHours: number) => drawing(String(wattHours / 1_000 + 1));

function commandFor(happened: Happening, state: SessionCdrs): CdrCommand | undefined {
  switch (happened.kind) {
    case 'ends':
      return settlement(happened.wattHours, state);
    case 'reissue':
    case 'issue again':
      return replacement('wattHours' in happened ? happened.wattHours : 5, state);
    case 'doubted': {
      const reasons = [{ code: 'METER_ANOMALY', explanation: 'odd', remedy: 'look' }];
      return { type: 'HoldCdr', sessionId, reasons, at: issuedAt };
    }
    case 'credit':
      return state.live && { type: 'CreditCdr', credit: credit(state.live, state), ...why };
    case 'release':
      return {
        type: 'ReleaseCdr',
        sessionId,
        by: 'ada',
        note: 'checked',
        needsApproval: false,
        at: issuedAt,
      };
  }
}

const numbered = (state: SessionCdrs, ahead = 1) => state.ids.length + ahead;
const credit = (live: Cdr, state: SessionCdrs) =>
  sealed(creditOf(live, cdrIdOf(numbered(state)), issuedAt), numbered(state));

function settlement(wattHours: number, state: SessionCdrs): CdrCommand | undefined {
  const step = nextStep(state, endedWith(wattHours));
  if (step.kind === 'correct') return replacement(wattHours, state);
  if (step.kind !== 'issue') return undefined;
  const issued = sealed(cdrFor(step.charge, cdrIdOf(numbered(state)), issuedAt));
  return { type: 'IssueCdr', issued, basis };
}

function replacement(wattHours: number, state: SessionCdrs): CdrCommand {
  const charge = chargeFor(endedWith(wattHours));
  const { live, credited } = state;
  const ahead = live ? 2 : 1;
  const cdrId = cdrIdOf(numbered(state, ahead));
  const issued = sealed(cdrFor(charge, cdrId, issuedAt, (live ?? credited)?.cdrId));
  return live
    ? { type: 'CorrectCdr', credit: credit(live, state), issued, basis, ...why }
    : { type: 'IssueCdr', issued, basis };
}

/** All that came of it; what a rule forbids is refused and changes nothing. */
function eventsOf(happenings: readonly Happening[]): CdrEvent[] {
  const events: CdrEvent[] = [];
  for (const each of happenings) {
    const state = fold(cdr, events);
    const command = commandFor(each, state);
    if (command) events.push(...decidedOrRefused(command, state));
  }
  return events;
}

function decidedOrRefused(command: CdrCommand, state: SessionCdrs): CdrEvent[] {
  try {
    return cdr.decide(command, state);
  } catch (error) {
    if (error instanceof DomainError) return [];
    throw error;
  }
}

/** The books after these events: a credit posts the reversal of the entry it takes back. */
function booksAfter(events: readonly CdrEvent[]): Posting[] {
  const entries = new Map<string, readonly Posting[]>();
  events.forEach((event, at) => {
    const entry = entryFor({ id: `e${at}`, event } as CdrEventEnvelope);
    if (!entry) return;
    const original = entry.takesBack && entries.get(entry.takesBack);
    entries.set(entry.cdrId, original ? reversed(original) : entry.postings);
    if (original) expect(entry.postings).toEqual(reversed(original));
  });
  return [...entries.values()].flat();
}

const balanceOf = (postings: readonly Posting[]): number =>
  postings.reduce((sum, { debitMicros, creditMicros }) => sum + debitMicros - creditMicros, 0);

const receivable = ({ account }: Posting): boolean => account.startsWith('receivable:');

const histories = fc.array(happening, { minLength: 1, maxLength: 25 }).map(eventsOf);
const prefixes = (events: readonly CdrEvent[]) => events.map((_, at) => events.slice(0, at + 1));

describe('whatever happens to the CDRs of a session', () => {
  it('at most one of them is live', () =>
    fc.assert(
      fc.property(histories, (events) => {
        for (const soFar of prefixes(events)) {
          const issued = soFar.filter(({ type }) => type === 'CdrIssued').length;
          const credited = soFar.filter(({ type }) => type === 'CdrCredited').length;
          expect(issued - credited).toBe(fold(cdr, soFar).live ? 1 : 0);
        }
      }),
    ));

  it('the books balance at every point, and owe what the live CDR says', () =>
    fc.assert(
      fc.property(histories, (events) => {
        for (const soFar of prefixes(events)) {
          const books = booksAfter(soFar);
          expect(balanceOf(books)).toBe(0);
          const { live } = fold(cdr, soFar);
          expect(balanceOf(books.filter(receivable))).toBe(live?.billed.afterTaxes.micros ?? 0);
        }
      }),
    ));

  it('no two CDRs have the same id, and nothing is issued while held', () =>
    fc.assert(
      fc.property(histories, (events) => {
        const { ids } = fold(cdr, events);
        expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(ids.length);
        prefixes(events).forEach((soFar, at) => {
          if (events[at + 1]?.type === 'CdrIssued') expect(fold(cdr, soFar).held).toBeUndefined();
        });
      }),
    ));

  it('happens at all: the histories have credits, corrections and holds in them', () => {
    const seen = new Set(
      fc
        .sample(histories, { numRuns: 50, seed: 7 })
        .flat()
        .map(({ type }) => type),
    );
    expect([...seen].sort()).toEqual(['CdrCredited', 'CdrHeld', 'CdrIssued', 'CdrReleased']);
  });
});
