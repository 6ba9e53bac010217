import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  type Cause,
  type Clock,
  type PartnerId,
  type SessionId,
  plusMillis,
} from '@voltledger/kernel';
import { CLOCK, derivedUuid } from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { RemoteCommands } from '../outbound/remote-commands';
import { type CommandReceipt } from './request-start';

/** A session of this partner's driver, as far as stopping it goes. */
export interface StoppableSession {
  readonly sessionId: SessionId;
  readonly stationId: string;
  readonly status: 'ACTIVE' | 'COMPLETED';
}

/** STOP_SESSION. */
export class RequestStop extends Command<CommandReceipt> {
  constructor(
    readonly partnerId: PartnerId,
    readonly responseUrl: string,
    /** undefined where it is not this partner's, or is not at all: the partner cannot tell. */
    readonly session: StoppableSession | undefined,
    readonly cause: Cause,
  ) {
    super();
  }
}

/** `by` of what is asked for has room for so many characters. */
const NAME_MAX = 64;

@CommandHandler(RequestStop)
export class RequestStopHandler implements ICommandHandler<RequestStop> {
  constructor(
    @Inject(RemoteCommands) private readonly remote: RemoteCommands,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'OCPI_COMMAND_SECONDS'>,
  ) {}

  async execute({ partnerId, responseUrl, session, cause }: RequestStop): Promise<CommandReceipt> {
    if (!session) return { answer: { result: 'UNKNOWN_SESSION', timeout: 0 } };
    if (session.status === 'COMPLETED') {
      const message = 'The session has ended already.';
      return { answer: { result: 'REJECTED', timeout: 0, message } };
    }
    const timeout = this.config.OCPI_COMMAND_SECONDS;
    const at = this.clock();
    const until = plusMillis(at, timeout * 1_000);
    const { correlationId, causationId } = cause;
    const { sessionId, stationId } = session;
    const commandId = derivedUuid('ocpi-stop', partnerId, causationId, responseUrl);
    const by = `ocpi:${partnerId}`.slice(0, NAME_MAX);
    await this.remote.passOn({
      command: { commandId, partnerId, responseUrl, until, correlationId },
      event: { type: 'RemoteStopRequested', data: { commandId, sessionId, by, at, until } },
      ...{ stationId, causationId },
    });
    return { answer: { result: 'ACCEPTED', timeout } };
  }
}
