import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type AskedCall, endCall, takeAskedCalls } from '../outbound/calls-table';
import { CallsUnderWay } from '../outbound/calls-under-way';
import { LiveStations } from '../outbound/live-stations';
import { StationCaller } from '../outbound/station-caller';
import { ThisGateway } from '../outbound/this-gateway';
import { keptPayload } from './kept-payload';

const AT_ONCE = 50;

/** Makes the calls that other gateways ask of this one. Result: whether there may be more. */
export class ServeMailbox extends Command<boolean> {}

@CommandHandler(ServeMailbox)
export class ServeMailboxHandler implements ICommandHandler<ServeMailbox> {
  constructor(
    private readonly gateway: ThisGateway,
    private readonly live: LiveStations,
    private readonly caller: StationCaller,
    private readonly underWay: CallsUnderWay,
  ) {}

  async execute(): Promise<boolean> {
    const { database, name } = this.gateway;
    const asked = await takeAskedCalls(database, name, this.gateway.now(), AT_ONCE);
    // A slow station must not keep the others waiting.
    for (const each of asked) {
      const { stationId } = each;
      this.underWay.add(this.serve(each), { work: 'ocpp-gateway.mailbox', facts: { stationId } });
    }
    return asked.length === AT_ONCE;
  }

  private async serve({ callId, stationId, call }: AskedCall): Promise<void> {
    const live = this.live.get(stationId);
    const end = live
      ? await this.caller.call(live, call)
      : ({ kind: 'disconnected', sent: false } as const);
    const payload = live ? keptPayload(live.link.version, call) : {};
    await endCall(this.gateway.database, callId, end, this.gateway.now(), payload);
  }
}
