import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Cause, DomainError, type SessionId } from '@voltledger/kernel';
import { DATABASE, type Database } from '@voltledger/platform';
import { hasStarted } from '../domain/session-state';
import { KeptRecords } from './kept-records';
import { SignedDataExaminer } from './signed-data-examiner';
import { Streams } from './streams';

/** A key was registered or withdrawn: what a session's records are worth may be another now. */
export class ExamineSignedData extends Command<{
  readonly examined: number;
  readonly changed: number;
}> {
  constructor(
    readonly sessionId: SessionId,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(ExamineSignedData)
export class ExamineSignedDataHandler implements ICommandHandler<ExamineSignedData> {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly streams: Streams,
    private readonly records: KeptRecords,
    private readonly examiner: SignedDataExaminer,
  ) {}

  /** @throws DomainError SESSION_UNKNOWN */
  async execute({ sessionId, cause }: ExamineSignedData) {
    const session = await this.streams.sessionNow(sessionId);
    if (!hasStarted(session))
      throw new DomainError('SESSION_UNKNOWN', 'There is no such session.', { id: sessionId });
    const kept = await this.records.of(sessionId);
    const signed = kept.map((record) => record.signed);
    const found = await this.database.transaction((tx) =>
      this.examiner.verdicts(signed, [], session, tx),
    );
    const verdicts = found.flatMap((verdict, index) => {
      const record = kept[index];
      return record ? [{ ...verdict, measuredAt: record.measuredAt }] : [];
    });
    const command = { type: 'TakeVerdicts', sessionId, verdicts } as const;
    const { events } = await this.streams.session(command, cause);
    return { examined: verdicts.length, changed: events.length };
  }
}
