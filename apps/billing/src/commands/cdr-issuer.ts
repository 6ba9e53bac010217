import { Inject, Injectable } from '@nestjs/common';
import { type Cdr, type CdrEvent } from '@voltledger/contracts';
import {
  type Aggregates,
  type Cause,
  type CdrId,
  type Clock,
  type Decision,
  type Known,
  type SessionId,
  currently,
  decideOn,
} from '@voltledger/kernel';
import { AGGREGATES, CLOCK, derivedUuid } from '@voltledger/platform';
import { cdr } from '../domain/cdr';
import { type CdrCommand } from '../domain/cdr-commands';
import { type Charge, cdrFor, creditOf, sameId } from '../domain/cdr-document';
import { type SessionCdrs } from '../domain/session-cdrs';
import { CdrChain, type Link, type LinkIntent, type NewLink } from '../outbound/cdr-chain';
import { NO_HASH } from '../outbound/chain-hash';
import { commandsFor } from './link-commands';

/**
 * Issues and credits the CDRs of a session: place in the chain first, event second. Callers hold the
 * session's lock, so that only one of them works on it (see `inbound/settlement.ts`).
 */
@Injectable()
export class CdrIssuer {
  constructor(
    @Inject(AGGREGATES) private readonly aggregates: Aggregates,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly chain: CdrChain,
  ) {}

  /** The session's CDRs; what was given a place in the chain before a crash is issued first. */
  async cdrsOf(sessionId: SessionId, cause: Cause): Promise<Known<SessionCdrs>> {
    const known = await currently(this.aggregates, cdr, sessionId);
    const links = await this.chain.ofSession(sessionId);
    const begun = links.filter((link) => !known.state.ids.some((id) => sameId(id, link.cdr.cdrId)));
    return begun.length > 0 ? this.append(sessionId, begun, cause) : known;
  }

  /** What an earlier attempt at the same request made, if it came that far. */
  async answerTo({ causationId }: Cause, sessionId: SessionId): Promise<CdrId | undefined> {
    const links = await this.chain.ofSession(sessionId);
    return links.findLast(({ intent }) => intent.request === causationId)?.cdr.cdrId;
  }

  async issue(
    charge: Charge,
    intent: LinkIntent,
    state: SessionCdrs,
    cause: Cause,
  ): Promise<CdrId> {
    const cdrId = nextId(charge.sessionId, state.ids.length);
    const issued = cdrFor(charge, cdrId, this.clock(), state.credited?.cdrId);
    await this.sealed(charge.sessionId, [{ cdr: issued, intent }], state, cause);
    return cdrId;
  }

  /** Takes the live CDR back; with a `charge`, issues another in its place. */
  async takeBack(
    live: Cdr,
    intent: LinkIntent,
    state: SessionCdrs,
    cause: Cause,
    charge?: Charge,
  ): Promise<CdrId> {
    const { sessionId } = live;
    const at = this.clock();
    const credit = creditOf(live, nextId(sessionId, state.ids.length), at);
    const links: NewLink[] = [{ cdr: credit, intent }];
    if (charge) {
      const cdrId = nextId(sessionId, state.ids.length + 1);
      links.push({ cdr: cdrFor(charge, cdrId, at, live.cdrId), intent });
    }
    await this.sealed(sessionId, links, state, cause);
    return (links.at(-1)?.cdr ?? credit).cdrId;
  }

  /** For what a person asks and that needs no place in the chain: a repeat is answered once. */
  answer(sessionId: SessionId, command: CdrCommand, cause: Cause) {
    return this.decideAs(sessionId, command, cause);
  }

  /** For what needs no place in the chain. `known` makes the cause one of its own. */
  decide(
    sessionId: SessionId,
    command: CdrCommand,
    { revision }: Known<SessionCdrs>,
    cause: Cause,
  ): Promise<Decision<SessionCdrs, CdrEvent>> {
    const parts = ['cdr', cause.causationId, command.type, String(revision)];
    return this.decideAs(sessionId, command, { ...cause, causationId: derivedUuid(...parts) });
  }

  private async sealed(
    sessionId: SessionId,
    links: NewLink[],
    state: SessionCdrs,
    cause: Cause,
  ): Promise<void> {
    // Asked first: a place in the chain whose CDR is then refused would stay empty for ever.
    const unsealed = links.map((link) => ({ ...link, seal: UNSEALED }));
    for (const { command } of commandsFor(unsealed)) cdr.decide(command, state);
    const reserved = await this.chain.reserve(links);
    await this.append(sessionId, reserved, cause);
  }

  private async append(
    sessionId: SessionId,
    links: readonly Link[],
    cause: Cause,
  ): Promise<Known<SessionCdrs>> {
    let known: Known<SessionCdrs> | undefined;
    for (const { command, cdrId } of commandsFor(links)) {
      const causationId = derivedUuid('cdr-link', cdrId);
      known = await this.decideAs(sessionId, command, { ...cause, causationId });
    }
    return known ?? currently(this.aggregates, cdr, sessionId);
  }

  private decideAs(sessionId: SessionId, command: CdrCommand, cause: Cause) {
    return decideOn(this.aggregates, cdr, sessionId, command, cause);
  }
}

const UNSEALED = { sequence: 1, contentHash: NO_HASH, previousHash: NO_HASH, hash: NO_HASH };

const nextId = (sessionId: SessionId, issued: number): CdrId =>
  derivedUuid(sessionId, 'cdr', String(issued + 1)) as string as CdrId;
