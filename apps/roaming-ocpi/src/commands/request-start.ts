import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Authorization } from '@voltledger/contracts';
import { type Cause, type Clock, type PartnerId, plusMillis } from '@voltledger/kernel';
import { type CommandAnswer, type RemoteStart } from '@voltledger/ocpi';
import { CLOCK, derivedUuid } from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { type StartableLocation, startTarget } from '../domain/start-target';
import { RemoteCommands } from '../outbound/remote-commands';

/** How a command is answered at once. */
export interface CommandReceipt {
  readonly answer: CommandAnswer;
  /** OCPI-CMD-12: an unknown location has a status code of its own. */
  readonly unknownLocation?: boolean;
}

/** START_SESSION: a partner wants a driver of its own to charge. */
export class RequestStart extends Command<CommandReceipt> {
  constructor(
    readonly partnerId: PartnerId,
    readonly start: RemoteStart,
    /** The one the partner names, where we have it. */
    readonly location: StartableLocation | undefined,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(RequestStart)
export class RequestStartHandler implements ICommandHandler<RequestStart> {
  constructor(
    @Inject(RemoteCommands) private readonly remote: RemoteCommands,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'OCPI_COMMAND_SECONDS'>,
  ) {}

  /** The token is the partner's business: it is not judged again (OCPI-CMD-14). */
  async execute({ partnerId, start, location, cause }: RequestStart): Promise<CommandReceipt> {
    const target = startTarget(location, start);
    if (target.outcome !== 'found') {
      const answer = { result: 'REJECTED', timeout: 0, message: target.explanation } as const;
      return { answer, unknownLocation: target.outcome === 'unknown' };
    }
    const timeout = this.config.OCPI_COMMAND_SECONDS;
    const at = this.clock();
    const until = plusMillis(at, timeout * 1_000);
    const { correlationId, causationId } = cause;
    const startId = derivedUuid('ocpi-start', partnerId, causationId, start.responseUrl);
    const { responseUrl, connectorId } = start;
    const { evseUid, stationId } = target;
    const authorization = authorizationOf(partnerId, start);
    await this.remote.passOn({
      command: { commandId: startId, partnerId, responseUrl, until, correlationId },
      event: {
        type: 'RemoteStartRequested',
        data: { startId, evseUid, connectorId, authorization, at, until },
      },
      ...{ stationId, causationId },
    });
    return { answer: { result: 'ACCEPTED', timeout } };
  }
}

function authorizationOf(partnerId: PartnerId, { token, reference }: RemoteStart): Authorization {
  const { owner, ...known } = token;
  return {
    method: 'COMMAND',
    token: known,
    payer: { kind: 'ocpi', partnerId, ...owner },
    reference,
  };
}
