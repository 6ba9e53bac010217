import { setTimeout as pause } from 'node:timers/promises';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type StationId, plusMillis } from '@voltledger/kernel';
import { type OutboundCall } from '@voltledger/ocpp';
import { newUuid } from '@voltledger/platform';
import { stationOffline, stationUnknown } from '../domain/errors';
import { type CallEnd, type NewCall, endCall, endOf, keepCall } from '../outbound/calls-table';
import { holderOf } from '../outbound/connections-table';
import { type LiveStation, LiveStations } from '../outbound/live-stations';
import { StationCaller } from '../outbound/station-caller';
import { StationRegistry } from '../outbound/station-registry';
import { ThisGateway } from '../outbound/this-gateway';
import { answered } from './call-refusals';
import { keptPayload } from './kept-payload';

const LOOK_EVERY_MS = 100;
/** The other gateway needs a moment to find the call and to write down its end. */
const MAILBOX_MS = 2_000;
/** A station that moves more often within one call has other troubles. */
const MOVES_MAX = 3;

/** A person sends any OCPP call to a station. Result: the station's answer. */
export class CallStation extends Command<unknown> {
  constructor(
    readonly stationId: StationId,
    readonly call: OutboundCall,
  ) {
    super();
  }
}

@CommandHandler(CallStation)
export class CallStationHandler implements ICommandHandler<CallStation> {
  constructor(
    private readonly gateway: ThisGateway,
    private readonly live: LiveStations,
    private readonly registry: StationRegistry,
    private readonly caller: StationCaller,
  ) {}

  /** @throws DomainError for every end but an answer. */
  async execute({ stationId, call }: CallStation): Promise<unknown> {
    return answered(call, await this.wherever(stationId, call));
  }

  /** A call that was not sent because the station moved on follows it. */
  private async wherever(stationId: StationId, call: OutboundCall): Promise<CallEnd> {
    for (let left = MOVES_MAX; ; left -= 1) {
      const live = this.live.get(stationId);
      const end = live ? await this.here(live, call) : await this.elsewhere(stationId, call);
      if (left === 0 || end.kind !== 'disconnected' || end.sent) return end;
      await pause(LOOK_EVERY_MS);
    }
  }

  private async here(live: LiveStation, call: OutboundCall): Promise<CallEnd> {
    const made = this.newCall(live.stationId, call, this.gateway.name);
    const kept = keptPayload(live.link.version, call);
    await keepCall(this.gateway.database, { ...made, call: { ...call, payload: kept } }, 'sent');
    const end = await this.caller.call(live, call);
    await endCall(this.gateway.database, made.callId, end, this.gateway.now());
    return end;
  }

  private async elsewhere(stationId: StationId, call: OutboundCall): Promise<CallEnd> {
    const { database, aliveSince, name } = this.gateway;
    const holder = await holderOf(database, stationId, aliveSince);
    if (holder === undefined || holder === name)
      throw (await this.registry.find(stationId))
        ? stationOffline(stationId)
        : stationUnknown(stationId);
    const made = this.newCall(stationId, call, holder);
    await keepCall(database, made, 'asked');
    while (this.gateway.now() < made.until) {
      await pause(LOOK_EVERY_MS);
      const end = await endOf(database, made.callId);
      if (end) return end;
    }
    return { kind: 'timeout' };
  }

  private newCall(stationId: StationId, call: OutboundCall, instance: string): NewCall {
    const at = this.gateway.now();
    const { OCPP_CALL_TIMEOUT_SECONDS, OCPP_CALL_QUEUE_MAX } = this.gateway.config;
    const longest = OCPP_CALL_TIMEOUT_SECONDS * (OCPP_CALL_QUEUE_MAX + 1) * 1_000 + MAILBOX_MS;
    const until = plusMillis(at, longest);
    return { callId: newUuid(), stationId, call, instance, at, until };
  }
}
