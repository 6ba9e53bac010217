import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type DisputeOutcome } from '@voltledger/contracts';
import { type Cause, type CdrId, type SessionId, type Transaction } from '@voltledger/kernel';
import { DATABASE, type Database } from '@voltledger/platform';
import { type ByHand } from '../commands/by-hand';
import { CreditCdr } from '../commands/credit-cdr';
import { JudgeRelease } from '../commands/judge-release';
import { type Claim, OpenDispute } from '../commands/open-dispute';
import { ReissueCdr } from '../commands/reissue-cdr';
import { ReleaseCdr } from '../commands/release-cdr';
import { ResolveDispute } from '../commands/resolve-dispute';
import { SettleSession, type Settled } from '../commands/settle-session';
import { CONFIG, type Config } from '../config';
import { type ChargeableSession, endedSession } from '../projections/chargeable-session';
import {
  type SettlementRow,
  markSettled,
  overlapping,
  sessionToSettle,
} from '../projections/chargeable-sessions.table';
import { sessionNotReady, sessionUnknown } from './errors';

/**
 * The only door to the CDRs of a session: one at a time per session, in whatever process, each on
 * what is known when its turn comes. Readers and consumers of the row are not kept waiting.
 */
@Injectable()
export class Settlement {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
    private readonly commands: CommandBus,
  ) {}

  /** Does what is due for the session. */
  settle(sessionId: SessionId): Promise<Settled> {
    return this.alone(sessionId, (row, tx) => this.settleRow(row, row.cause, tx));
  }

  /** @throws DomainError CDR_NOT_HELD, RELEASE_REQUESTED, SESSION_UNKNOWN */
  release(sessionId: SessionId, request: ByHand): Promise<Settled> {
    return this.alone(sessionId, async (row, tx) => {
      const ended = await this.endedNow(row.session, tx);
      const done = await this.commands.execute(new ReleaseCdr(sessionId, ended, request));
      if (done === 'requested') return { status: 'awaiting-approval' };
      return this.settleRow(row, request.cause, tx);
    });
  }

  /** @throws DomainError NO_RELEASE_REQUESTED, SAME_EYES, RELEASE_OUTDATED, SESSION_UNKNOWN */
  judgeRelease(
    sessionId: SessionId,
    verdict: 'approve' | 'refuse',
    request: ByHand,
  ): Promise<Settled> {
    return this.alone(sessionId, async (row, tx) => {
      const ended = await this.endedNow(row.session, tx);
      await this.commands.execute(new JudgeRelease(sessionId, ended, verdict, request));
      return this.settleRow(row, request.cause, tx);
    });
  }

  /** @returns the credit's id. @throws DomainError CDR_NOT_LIVE, CDR_DISPUTED, SESSION_UNKNOWN */
  credit(sessionId: SessionId, cdrId: CdrId, request: ByHand): Promise<CdrId> {
    return this.alone(sessionId, () =>
      this.commands.execute(new CreditCdr(sessionId, cdrId, request)),
    );
  }

  /** @returns the new CDR's id. @throws DomainError as `ReissueCdr`, and SESSION_NOT_READY */
  reissue(sessionId: SessionId, cdrId: CdrId, request: ByHand): Promise<CdrId> {
    return this.alone(sessionId, async ({ session }, tx) =>
      this.commands.execute(new ReissueCdr(await this.ready(session, tx), cdrId, request)),
    );
  }

  /** @returns the dispute's id. @throws DomainError as `OpenDispute`, and SESSION_UNKNOWN */
  dispute(sessionId: SessionId, cdrId: CdrId, claim: Claim, request: ByHand): Promise<string> {
    return this.alone(sessionId, () =>
      this.commands.execute(new OpenDispute(sessionId, cdrId, claim, request)),
    );
  }

  /**
   * Ends a dispute; what waited for its end is settled with it.
   *
   * @throws DomainError DISPUTE_NOT_OPEN, and as `ReissueCdr` where it is issued anew.
   */
  resolve(
    { sessionId, cdrId, disputeId }: Disputed,
    outcome: DisputeOutcome,
    request: ByHand,
  ): Promise<Settled> {
    return this.alone(sessionId, async (row, tx) => {
      const { by, key, note } = request;
      await this.commands.execute(
        outcome === 'reissued'
          ? new ReissueCdr(await this.ready(row.session, tx), cdrId, request, {
              ...{ disputeId, outcome, by, key, note },
            })
          : new ResolveDispute(sessionId, disputeId, outcome, request),
      );
      return this.settleRow(row, request.cause, tx);
    });
  }

  private async settleRow(
    { session, version }: SettlementRow,
    cause: Cause,
    tx: Transaction,
  ): Promise<Settled> {
    const ended = await this.endedNow(session, tx);
    if (!ended) return { status: 'unchanged' };
    const outcome = await this.commands.execute(new SettleSession(ended, cause));
    await markSettled(tx, session.sessionId, version);
    return outcome;
  }

  /** All that a CDR is made of, or held for; undefined until the session is over and rated. */
  private async endedNow(session: ChargeableSession, tx: Transaction) {
    const ended = endedSession(session);
    if (!ended) return undefined;
    const { BILLING_OVERLAP_SECONDS_MAX: tolerance, BILLING_SIGNED_DATA_COUNTRIES: duties } =
      this.config;
    const overlaps = await overlapping(tx, session.sessionId, tolerance);
    return { ...ended, overlaps, proofDuties: duties };
  }

  private async ready(session: ChargeableSession, tx: Transaction) {
    const ended = await this.endedNow(session, tx);
    if (!ended) throw sessionNotReady(session.sessionId);
    return ended;
  }

  private alone<Result>(
    sessionId: SessionId,
    work: (row: SettlementRow, tx: Transaction) => Promise<Result>,
  ): Promise<Result> {
    return this.database.transaction(async (tx) => {
      const lock = `billing.settlement:${sessionId}`;
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [lock]);
      const row = await sessionToSettle(tx, sessionId);
      if (!row) throw sessionUnknown(sessionId);
      return work(row, tx);
    });
  }
}

/** A dispute and the CDR it is about. */
export interface Disputed {
  readonly sessionId: SessionId;
  readonly cdrId: CdrId;
  readonly disputeId: string;
}
