import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { messageFor, stationCommands } from '@voltledger/contracts';
import {
  type Cause,
  type Clock,
  type MessageBus,
  type Transaction,
  plusMillis,
} from '@voltledger/kernel';
import { CLOCK, MESSAGE_BUS } from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { hasStarted } from '../domain/session-state';
import { type SilentSession } from '../tables/open-sessions';
import { Streams } from './streams';

/** Reports of a session are missing: its station is asked whether it has them (OCPP-2.0.1-TX-08). */
export class AskForReports extends Command<void> {
  constructor(
    readonly session: SilentSession,
    readonly cause: Cause,
    readonly tx: Transaction,
  ) {
    super();
  }
}

@CommandHandler(AskForReports)
export class AskForReportsHandler implements ICommandHandler<AskForReports> {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(MESSAGE_BUS) private readonly bus: MessageBus,
    private readonly streams: Streams,
  ) {}

  async execute({ session: { sessionId, stationId }, cause, tx }: AskForReports): Promise<void> {
    const transactionId = await this.transactionIdOf(sessionId);
    if (transactionId === undefined) return;
    const { causationId: commandId } = cause;
    const at = this.clock();
    const until = plusMillis(at, this.config.OPERATOR_COMMAND_SECONDS * 1_000);
    const data = { stationId, commandId, sessionId, transactionId, until };
    const event = { type: 'AskTransactionStatus', data } as const;
    const origin = { ...cause, id: commandId, key: stationId, recordedAt: at };
    await this.bus.publish([messageFor(stationCommands, { ...origin, event })], tx);
  }

  private async transactionIdOf(sessionId: SilentSession['sessionId']) {
    const session = await this.streams.sessionNow(sessionId);
    if (hasStarted(session)) return session.transactionId;
    return session.status === 'announced' ? session.aside[0]?.report.transactionId : undefined;
  }
}
