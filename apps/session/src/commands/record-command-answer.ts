import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Cause, type Instant, type Transaction } from '@voltledger/kernel';
import { type StopOutcome } from '../domain/session-command';
import { closeStart, isPendingStart } from '../tables/pending-starts';
import { sessionToStop } from '../tables/pending-stops';
import { Streams } from './streams';

export interface CommandAnswer {
  readonly commandId: string;
  readonly outcome: StopOutcome;
  readonly at: Instant;
}

/** A station, or the gateway for it, answers a command of ours: a start, a stop, or somebody else's. */
export class RecordCommandAnswer extends Command<void> {
  constructor(
    readonly answer: CommandAnswer,
    readonly cause: Cause,
    readonly tx: Transaction,
  ) {
    super();
  }
}

@CommandHandler(RecordCommandAnswer)
export class RecordCommandAnswerHandler implements ICommandHandler<RecordCommandAnswer> {
  constructor(private readonly streams: Streams) {}

  async execute({ answer, cause, tx }: RecordCommandAnswer): Promise<void> {
    const { commandId, outcome, at } = answer;
    if (await isPendingStart(tx, commandId)) {
      const startId = commandId;
      await this.streams.start({ type: 'RecordStartAnswer', startId, outcome, at }, cause);
      if (outcome === 'rejected') await closeStart(tx, startId);
      return;
    }
    const sessionId = await sessionToStop(tx, commandId);
    if (!sessionId) return;
    await this.streams.session(
      { type: 'RecordStopAnswer', sessionId, commandId, outcome, at },
      cause,
    );
  }
}
