import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type Cause, type CdrId, type SessionId, type Transaction } from '@voltledger/kernel';
import { DATABASE, type Database } from '@voltledger/platform';
import { CreditCdr } from '../commands/credit-cdr';
import { ReissueCdr } from '../commands/reissue-cdr';
import { ReleaseCdr } from '../commands/release-cdr';
import { SettleSession, type Settled } from '../commands/settle-session';
import { endedSession } from '../projections/chargeable-session';
import {
  type SettlementRow,
  markSettled,
  sessionToSettle,
} from '../projections/chargeable-sessions.table';
import { sessionNotReady, sessionUnknown } from './errors';

/** Who asks for something by hand, and why. */
export interface Request {
  readonly by: string;
  readonly note: string;
  readonly cause: Cause;
}

/**
 * The only door to the CDRs of a session: one at a time per session, in whatever process, each on
 * what is known when its turn comes. Readers and consumers of the row are not kept waiting.
 */
@Injectable()
export class Settlement {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly commands: CommandBus,
  ) {}

  /** Does what is due for the session. */
  settle(sessionId: SessionId): Promise<Settled> {
    return this.alone(sessionId, (row, tx) => this.settleRow(row, row.cause, tx));
  }

  /** @throws DomainError CDR_NOT_HELD, SESSION_UNKNOWN */
  release(sessionId: SessionId, { by, note, cause }: Request): Promise<Settled> {
    return this.alone(sessionId, async (row, tx) => {
      await this.commands.execute(new ReleaseCdr(sessionId, by, note, cause));
      return this.settleRow(row, cause, tx);
    });
  }

  /** @returns the credit's id. @throws DomainError CDR_NOT_LIVE, SESSION_UNKNOWN */
  credit(sessionId: SessionId, cdrId: CdrId, { by, note, cause }: Request): Promise<CdrId> {
    return this.alone(sessionId, () =>
      this.commands.execute(new CreditCdr(sessionId, cdrId, note, by, cause)),
    );
  }

  /** @returns the new CDR's id. @throws DomainError as `ReissueCdr`, and SESSION_NOT_READY */
  reissue(sessionId: SessionId, cdrId: CdrId, { by, note, cause }: Request): Promise<CdrId> {
    return this.alone(sessionId, ({ session }) => {
      const ended = endedSession(session);
      if (!ended) throw sessionNotReady(sessionId);
      return this.commands.execute(new ReissueCdr(ended, cdrId, note, by, cause));
    });
  }

  private async settleRow(
    { session, version }: SettlementRow,
    cause: Cause,
    tx: Transaction,
  ): Promise<Settled> {
    const ended = endedSession(session);
    if (!ended) return { status: 'unchanged' };
    const outcome = await this.commands.execute(new SettleSession(ended, cause));
    await markSettled(tx, session.sessionId, version);
    return outcome;
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
