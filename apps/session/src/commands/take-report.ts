import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Inject } from '@nestjs/common';
import { type Authorization, type TokenRef, type TransactionReport } from '@voltledger/contracts';
import { type Cause, type Clock, type Transaction } from '@voltledger/kernel';
import { CLOCK, derivedUuid } from '@voltledger/platform';
import { type StationReport } from '../domain/session-command';
import { type ChargingSession, hasStarted } from '../domain/session-state';
import { type FoundStart, startFulfilled, startOf } from '../tables/pending-starts';
import { Authorizer, type Question } from './authorizer';
import { OpenSessionKeeper } from './open-session-keeper';
import { SignedDataExaminer } from './signed-data-examiner';
import { Streams } from './streams';

/** A station reports about a transaction; `askedFor` when it waits for a verdict on the token. */
export class TakeReport extends Command<void> {
  constructor(
    readonly told: Pick<StationReport, 'kind' | 'report' | 'reason'>,
    readonly askedFor: string | undefined,
    readonly cause: Cause,
    readonly tx: Transaction,
  ) {
    super();
  }
}

type Found = Pick<StationReport, 'authorization' | 'refusal' | 'startId'>;

@CommandHandler(TakeReport)
export class TakeReportHandler implements ICommandHandler<TakeReport> {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly streams: Streams,
    private readonly authorizer: Authorizer,
    private readonly openSessions: OpenSessionKeeper,
    private readonly examiner: SignedDataExaminer,
  ) {}

  async execute({ told, askedFor, cause, tx }: TakeReport): Promise<void> {
    const { sessionId } = told.report;
    const found = await this.whoCharges(told, askedFor, cause, tx);
    const verdicts = await this.examiner.ofReport(told.report, tx);
    const proof = verdicts.length > 0 ? { verdicts } : {};
    const command = { type: 'TakeReport', sessionId, ...told, ...found, ...proof } as const;
    const decision = await this.streams.session(command, cause);
    await this.openSessions.note(tx, sessionId, decision);
    if (found.refusal) await this.openSessions.refused(tx, sessionId, decision.state);
    if (found.startId !== undefined) await this.fulfil(found.startId, told.report, cause, tx);
  }

  private async whoCharges(
    { kind, report }: TakeReport['told'],
    askedFor: string | undefined,
    cause: Cause,
    tx: Transaction,
  ): Promise<Found> {
    const start = kind === 'ended' ? undefined : await startedFromAfar(tx, report);
    if (start) return this.fromAfar(start, report, askedFor, cause);
    const { token } = report;
    if (!token) return {};
    if (kind === 'ended') return this.whoStops(report, token, askedFor, cause);
    return this.whoPresents(report, token, askedFor, cause);
  }

  /** Whoever asked for the start has vouched for it; the station may still want an answer. */
  private async fromAfar(
    { startId, authorization }: FoundStart,
    report: TransactionReport,
    askedFor: string | undefined,
    cause: Cause,
  ): Promise<Found> {
    const presented = report.token ?? authorization.token;
    if (askedFor !== undefined)
      await this.authorizer.reuse(questionOf(report, presented, askedFor), authorization, cause);
    return { startId, authorization };
  }

  private async whoPresents(
    report: TransactionReport,
    token: TokenRef,
    askedFor: string | undefined,
    cause: Cause,
  ): Promise<Found> {
    const { sessionId, stationId } = report;
    const requestId = askedFor ?? derivedUuid('token-of-session', sessionId, token.type, token.uid);
    const question = { ...questionOf(report, token, requestId), sessionId };
    const session = await this.streams.sessionNow(sessionId);
    const known = vouchedFor(session, token) ?? (await this.authorizer.recent(stationId, token));
    if (known) {
      if (askedFor !== undefined) await this.authorizer.reuse(question, known, cause);
      return { authorization: known };
    }
    const state = await this.authorizer.judge(question, cause);
    if (state.status === 'authorized') return { authorization: state.authorization };
    return state.status === 'rejected' ? { refusal: state.refusal } : {};
  }

  /** Only the station's question is answered: who stops is not who pays (OCPP-1.6-TX-12). */
  private async whoStops(
    report: TransactionReport,
    token: TokenRef,
    askedFor: string | undefined,
    cause: Cause,
  ): Promise<Found> {
    if (askedFor === undefined) return {};
    const question = questionOf(report, token, askedFor);
    const known = vouchedFor(await this.streams.sessionNow(report.sessionId), token);
    if (known) await this.authorizer.reuse(question, known, cause);
    else await this.authorizer.judge(question, cause);
    return {};
  }

  private async fulfil(
    startId: string,
    { sessionId }: TransactionReport,
    cause: Cause,
    tx: Transaction,
  ): Promise<void> {
    const command = { type: 'FulfilStart', startId, sessionId, at: this.clock() } as const;
    await this.streams.start(command, cause);
    await startFulfilled(tx, startId, sessionId);
  }
}

/** Only reports that can belong to a remote start are looked up: most are plain readings. */
const startedFromAfar = async (tx: Transaction, report: TransactionReport) =>
  report.remoteStartId !== undefined || report.token ? startOf(tx, report) : undefined;

const questionOf = (
  { stationId, place }: TransactionReport,
  presented: TokenRef,
  requestId: string,
): Question => ({ requestId, stationId, presented, ...(place && { place }) });

/** The driver of this very session presents the token again. */
const vouchedFor = (session: ChargingSession, { uid }: TokenRef): Authorization | undefined =>
  hasStarted(session) && session.authorization?.token.uid.toLowerCase() === uid.toLowerCase()
    ? session.authorization
    : undefined;
