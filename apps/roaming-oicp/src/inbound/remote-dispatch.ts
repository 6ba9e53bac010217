import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type Clock, plusMillis } from '@voltledger/kernel';
import {
  type Echo,
  type RemoteOutcome,
  type RemoteStop,
  type ServedOperation,
} from '@voltledger/oicp';
import { CLOCK } from '@voltledger/platform';
import { StartRemotely } from '../commands/start-remotely';
import { StopRemotely } from '../commands/stop-remotely';
import { CONNECTION, type Connection } from '../config';
import { Evses } from '../projections/evses';

/** What the broker is to be answered. */
export interface Answered {
  readonly outcome: RemoteOutcome;
  readonly echo: Echo;
  /** For people. */
  readonly detail?: string | undefined;
}

export interface Served {
  readonly operation: ServedOperation;
  /** The ProviderID in the path. */
  readonly id: string;
}

/** Parses what the broker forwards and has it done. */
@Injectable()
export class RemoteDispatch {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(Evses) private readonly evses: Evses,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONNECTION) private readonly connection: Connection,
  ) {}

  async dispatch(served: Served, body: unknown, correlationId: string): Promise<Answered> {
    switch (served.operation) {
      case 'remoteStart':
        return this.start(served, body, correlationId);
      case 'remoteStop':
        return this.stop(served, body, correlationId);
      case 'reservationStart':
      case 'reservationStop':
        return { outcome: 'not supported', echo: {}, detail: 'Reservations are not offered.' };
    }
  }

  private async start({ id }: Served, body: unknown, correlationId: string): Promise<Answered> {
    const read = this.connection.oicp.remoteStartIn(body, id);
    if ('unreadable' in read) return unreadable(read.unreadable);
    const { request } = read;
    const evse = await this.evses.find(request.evseId);
    const asked = { until: this.until(), correlationId };
    const answer = await this.commands.execute(new StartRemotely(request, evse, asked));
    return { outcome: answer.outcome, echo: echoOf(request, answer) };
  }

  private async stop({ id }: Served, body: unknown, correlationId: string): Promise<Answered> {
    const read = this.connection.oicp.remoteStopIn(body, id);
    if ('unreadable' in read) return unreadable(read.unreadable);
    const asked = { until: this.until(), correlationId };
    const answer = await this.commands.execute(new StopRemotely(read.request, asked));
    return { outcome: answer.outcome, echo: echoOf(read.request, answer) };
  }

  private until() {
    return plusMillis(this.clock(), this.connection.config.OICP_REMOTE_ANSWER_MS);
  }
}

const unreadable = ({ pointer, problem }: { pointer: string; problem: string }): Answered => ({
  outcome: 'invalid request',
  echo: {},
  detail: `${pointer === '' ? 'The body' : pointer} ${problem}`,
});

/** Their references as they gave them, and our own (OICP-ACK-11). */
const echoOf = (
  request: RemoteStop,
  answer: { readonly cpoPartnerSessionId?: string | undefined },
): Echo => ({
  oicpSessionId: request.oicpSessionId,
  cpoPartnerSessionId: answer.cpoPartnerSessionId ?? request.cpoPartnerSessionId,
  empPartnerSessionId: request.empPartnerSessionId,
});
