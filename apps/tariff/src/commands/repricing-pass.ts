import { Inject, Injectable } from '@nestjs/common';
import { type PastSessions, type Tariff } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { CONFIG, type Config } from '../config';
import { type Outcome, differenceOf } from '../domain/repricing';
import { type PassPosition, type PastSessionRow, pastSessions } from '../tables/past-sessions';
import {
  type DifferenceProgress,
  type DifferenceRow,
  keepDifferences,
} from '../tables/session-differences';
import { FrozenTerms } from './frozen-terms';
import { PastSessionReader } from './past-session';

/** Past sessions priced by another tariff, some at a time. */
export interface Pass {
  readonly workId: string;
  readonly tariff: Tariff;
  readonly contentHash: string;
  readonly sessions: PastSessions;
  readonly done: number;
  readonly position?: PassPosition | undefined;
  /** How a difference with this outcome goes on. */
  readonly progressOf: (outcome: Outcome) => DifferenceProgress | undefined;
}

export interface PassStep {
  readonly done: number;
  readonly position?: PassPosition;
  readonly more: boolean;
}

/**
 * The next sessions of a pass: their differences and the new position are of one transaction, so
 * that a pass goes on after a crash where it was, and counts no session twice.
 */
@Injectable()
export class RepricingPass {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly terms: FrozenTerms,
    private readonly reader: PastSessionReader,
  ) {}

  async step(pass: Pass, tx: Transaction): Promise<PassStep> {
    const atOnce = this.config.TARIFF_REPRICED_AT_ONCE;
    const rows = await pastSessions(tx, pass.sessions, atOnce, pass.position);
    const differences: DifferenceRow[] = [];
    for (const row of rows) differences.push(await this.difference(pass, row, tx));
    await keepDifferences(tx, pass.workId, differences);
    const last = rows.at(-1);
    const position = last
      ? { afterStart: last.opening.startedAt, afterSession: last.sessionId }
      : pass.position;
    const more = rows.length === atOnce;
    return { done: pass.done + rows.length, more, ...(position && { position }) };
  }

  private async difference(
    { tariff, contentHash, progressOf }: Pass,
    row: PastSessionRow,
    tx: Transaction,
  ): Promise<DifferenceRow> {
    const session = await this.reader.read(row, tx);
    const terms = this.terms.compiled(tariff, contentHash, session.timeZone);
    const { outcome, was, becomes } = differenceOf(terms, session);
    const { sessionId, startedAt } = session;
    const { revision: throughRevision } = row.ended;
    return {
      ...{ sessionId, startedAt, outcome, throughRevision, was, becomes },
      ...{ maxPower: row.opening.place.maxPower, progress: progressOf(outcome) },
    };
  }
}
