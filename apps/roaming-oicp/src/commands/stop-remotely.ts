import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type RemoteStop, isSameProvider } from '@voltledger/oicp';
import { type RemoteAnswer, outcomeOfStop } from '../domain/remote-control';
import { type Asked } from '../outbound/remote-starting';
import { RemoteStopping } from '../outbound/remote-stopping';
import { StoppableSessions } from '../outbound/stoppable-sessions';

/** Hubject wants a session to end; answered once the station has decided. */
export class StopRemotely extends Command<RemoteAnswer> {
  constructor(
    readonly request: RemoteStop,
    readonly asked: Asked,
  ) {
    super();
  }
}

@CommandHandler(StopRemotely)
export class StopRemotelyHandler implements ICommandHandler<StopRemotely> {
  constructor(
    @Inject(StoppableSessions) private readonly sessions: StoppableSessions,
    @Inject(RemoteStopping) private readonly stopping: RemoteStopping,
  ) {}

  async execute({ request, asked }: StopRemotely): Promise<RemoteAnswer> {
    const session = await this.sessions.find(request.oicpSessionId, asked.until);
    // A session is its provider's: to others it does not exist (OICP-RMT-09, -10).
    const isTheirs =
      session !== undefined && isSameProvider(session.state.payer.providerId, request.providerId);
    if (!isTheirs) return { outcome: 'unknown session' };
    const { cpoPartnerSessionId } = session.state.payer;
    if (session.isOver) return { outcome: 'accepted', cpoPartnerSessionId };
    const commandId = await this.stopping.ask(request, session.sessionId, asked);
    const outcome = outcomeOfStop(await this.stopping.answer(commandId, asked.until));
    return { outcome, cpoPartnerSessionId };
  }
}
