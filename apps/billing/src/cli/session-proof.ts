import { type Cdr, type CdrSeal } from '@voltledger/contracts';
import { type RecordedEvent, type SessionId } from '@voltledger/kernel';
import { contentHash } from '@voltledger/platform';
import { linkHash } from '../outbound/chain-hash';
import { historyProblems } from './history-proof';

/** A link of the chain, or a CDR of the read model, as the tables have it. */
export interface KeptCdr {
  readonly cdr: Cdr;
  readonly seal: CdrSeal;
}

/** Everything that is kept about the CDRs of one session. */
export interface SessionRecords {
  readonly sessionId: SessionId;
  /** The stream `cdr-<session>`, as the store has it. */
  readonly events: readonly RecordedEvent[];
  readonly links: readonly KeptCdr[];
  readonly facts: readonly KeptCdr[];
}

interface Sealed extends KeptCdr {
  readonly revision: number;
}

/**
 * Recomputes every hash from the events, compares the tables with them, and asks whether the events
 * can have happened in this order. One line per problem; none when all agree.
 */
export function sessionProblems({ sessionId, events, links, facts }: SessionRecords): string[] {
  const sealed = events.flatMap(sealedCdr);
  const problems = [
    ...sealed.flatMap(eventProblems),
    ...sealed.flatMap((issued) => differences(issued, links, 'the chain')),
    ...sealed.flatMap((issued) => differences(issued, facts, 'the list of CDRs')),
    ...links.flatMap((link) => unissued(link, sealed, 'the chain')),
    ...facts.flatMap((fact) => unissued(fact, sealed, 'the list of CDRs')),
    ...historyProblems(events),
  ];
  return problems.map((problem) => `session ${sessionId}: ${problem}`);
}

/** The events are read as they are: what no schema knows is part of what was hashed, too. */
function sealedCdr({ type, data, revision }: RecordedEvent): Sealed[] {
  const { cdr, credit, seal } = data as { cdr?: Cdr; credit?: Cdr; seal?: CdrSeal };
  const issued = type === 'CdrIssued' ? cdr : type === 'CdrCredited' ? credit : undefined;
  return issued && seal ? [{ cdr: issued, seal, revision }] : [];
}

function eventProblems({ cdr, seal, revision }: Sealed): string[] {
  const where = `event ${revision}, CDR ${cdr.cdrId}`;
  const problems: string[] = [];
  if (contentHash(cdr) !== seal.contentHash)
    problems.push(`${where}: its content is not what was sealed`);
  if (linkHash(seal.previousHash, seal.contentHash) !== seal.hash)
    problems.push(`${where}: its seal does not fit its content and the link before`);
  return problems;
}

function differences({ cdr, seal }: Sealed, kept: readonly KeptCdr[], where: string): string[] {
  const same = kept.find((each) => each.cdr.cdrId === cdr.cdrId);
  if (!same) return [`CDR ${cdr.cdrId}: missing in ${where}`];
  return contentHash(same) === contentHash({ cdr, seal })
    ? []
    : [`CDR ${cdr.cdrId}: ${where} says otherwise than its event`];
}

function unissued({ cdr, seal }: KeptCdr, sealed: readonly Sealed[], where: string): string[] {
  return sealed.some((issued) => issued.cdr.cdrId === cdr.cdrId)
    ? []
    : [`CDR ${cdr.cdrId}: in ${where} (sequence ${seal.sequence}), but there is no event of it`];
}
