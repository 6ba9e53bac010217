import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type PastSessions, type Tariff } from '@voltledger/contracts';
import { type Cause } from '@voltledger/kernel';
import { DATABASE, type Database, derivedUuid } from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { tooManySessions } from '../domain/errors';
import { countPastSessions } from '../tables/past-sessions';
import { FrozenTerms } from './frozen-terms';
import { Reratings } from './reratings';

/** Who acts, with which key. */
export interface Person {
  readonly by: string;
  readonly key: string;
}

/** Sessions of the past are to be charged by a corrected tariff. */
export class RequestRerating extends Command<string> {
  constructor(
    readonly tariff: Tariff,
    readonly sessions: PastSessions,
    readonly reason: string,
    readonly person: Person,
    readonly cause: Cause,
  ) {
    super();
  }
}

/** Somebody has seen what it changes. */
export class JudgeRerating extends Command<void> {
  constructor(
    readonly reratingId: string,
    readonly verdict: 'approve' | 'reject',
    readonly note: string,
    readonly person: Person,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(RequestRerating)
export class RequestReratingHandler implements ICommandHandler<RequestRerating> {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
    private readonly terms: FrozenTerms,
    private readonly reratings: Reratings,
  ) {}

  /** @throws DomainError TARIFF_INVALID, TOO_MANY_SESSIONS */
  async execute({ tariff, sessions, reason, person, cause }: RequestRerating): Promise<string> {
    const reratingId = derivedUuid('rerating', cause.causationId);
    const most = this.config.TARIFF_REPRICED_SESSIONS_MAX;
    const total = await countPastSessions(this.database, sessions, most);
    if (total > most) throw tooManySessions(total, most);
    const contentHash = await this.database.transaction((tx) => this.terms.freeze(tx, tariff));
    const asked = { reratingId, tariff, contentHash, sessions, total, reason, ...person };
    const command = { type: 'RequestRerating', ...asked, at: this.reratings.now() } as const;
    await this.reratings.decide(command, cause);
    return reratingId;
  }
}

@CommandHandler(JudgeRerating)
export class JudgeReratingHandler implements ICommandHandler<JudgeRerating> {
  constructor(private readonly reratings: Reratings) {}

  /** @throws DomainError RERATING_UNKNOWN, RERATING_NOT_COMPUTED, SAME_EYES */
  async execute({ reratingId, verdict, note, person, cause }: JudgeRerating): Promise<void> {
    const type = verdict === 'approve' ? 'ApproveRerating' : 'RejectRerating';
    const at = this.reratings.now();
    await this.reratings.decide({ type, reratingId, note, ...person, at }, cause);
  }
}
