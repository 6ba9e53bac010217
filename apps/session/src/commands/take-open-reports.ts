import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type StationEvent } from '@voltledger/contracts';
import { type Cause, type Clock, type Transaction, plusMillis } from '@voltledger/kernel';
import { CLOCK } from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { expectReports } from '../tables/open-sessions';
import { OpenSessionKeeper } from './open-session-keeper';
import { Streams } from './streams';

type OpenReports = Extract<StationEvent, { type: 'OpenReportsTold' }>['data'];

/**
 * The station says whether it still has reports of a session that waits for some. While it has, the
 * session waits for them; when it has none and the transaction is over, the gap is final and nobody
 * waits any longer (OCPP-2.0.1-TX-08). Otherwise the gap closes in its usual time.
 */
export class TakeOpenReports extends Command<void> {
  constructor(
    readonly told: OpenReports,
    readonly cause: Cause,
    readonly tx: Transaction,
  ) {
    super();
  }
}

@CommandHandler(TakeOpenReports)
export class TakeOpenReportsHandler implements ICommandHandler<TakeOpenReports> {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly streams: Streams,
    private readonly openSessions: OpenSessionKeeper,
  ) {}

  async execute({ told, cause, tx }: TakeOpenReports): Promise<void> {
    const { sessionId, messagesWaiting, ongoing, at } = told;
    if (messagesWaiting) {
      const until = plusMillis(this.clock(), 2 * this.config.REPORT_WAIT_SECONDS * 1_000);
      return expectReports(tx, sessionId, until);
    }
    if (ongoing !== false) return;
    const command = { type: 'CloseGap', sessionId, arrivedBefore: at } as const;
    const { state } = await this.streams.session(command, cause);
    await this.openSessions.note(tx, sessionId, { state, events: [] });
  }
}
