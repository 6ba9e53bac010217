import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type EvseStatus } from '@voltledger/contracts';
import { type RemoteStart } from '@voltledger/oicp';
import {
  type RemoteAnswer,
  type RemoteOutcome,
  outcomeOfStart,
  refusalBeforeStart,
} from '../domain/remote-control';
import { type Asked, RemoteStarting, startIdOf } from '../outbound/remote-starting';

/** An EVSE of ours as the request found it. */
export interface AddressedEvse {
  readonly evseId: string;
  readonly evseUid: string;
  readonly timeZone: string;
  readonly status: EvseStatus;
  readonly isRemoteControlled: boolean;
}

/** Hubject wants a partner's driver to charge; answered once the station has decided. */
export class StartRemotely extends Command<RemoteAnswer> {
  constructor(
    readonly request: RemoteStart,
    /** Absent: the EvseID is none of ours. */
    readonly evse: AddressedEvse | undefined,
    readonly asked: Asked,
  ) {
    super();
  }
}

@CommandHandler(StartRemotely)
export class StartRemotelyHandler implements ICommandHandler<StartRemotely> {
  constructor(@Inject(RemoteStarting) private readonly starting: RemoteStarting) {}

  async execute(command: StartRemotely): Promise<RemoteAnswer> {
    const outcome = await this.outcome(command);
    const cpoPartnerSessionId = outcome === 'accepted' ? startIdOf(command.request) : undefined;
    return { outcome, cpoPartnerSessionId };
  }

  private async outcome({ request, evse, asked }: StartRemotely): Promise<RemoteOutcome> {
    const known = await this.starting.find(request.oicpSessionId);
    if (known?.told) return known.told as RemoteOutcome;
    if (!evse) return 'unknown EVSE';
    if (!known) {
      const refusal = refusalBeforeStart(evse);
      if (refusal) return refusal;
      await this.starting.ask(request, evse, asked);
    }
    const answer = await this.starting.answer(request, asked.until);
    const outcome = outcomeOfStart(answer, await this.starting.statusOf(evse.evseId));
    return (await this.starting.tell(request, outcome)) as RemoteOutcome;
  }
}
