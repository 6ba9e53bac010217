import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type StationCommand } from '@voltledger/contracts';
import { type OutboundCall } from '@voltledger/ocpp';
import { newUuid } from '@voltledger/platform';
import { type CallEnd, endCall, keepCall } from '../outbound/calls-table';
import { CallsUnderWay } from '../outbound/calls-under-way';
import { holderOf } from '../outbound/connections-table';
import { type LiveStation, LiveStations } from '../outbound/live-stations';
import { StationCaller } from '../outbound/station-caller';
import { ThisGateway } from '../outbound/this-gateway';
import { CommandAnswers, type ToldStatus } from './command-answers';

export type Order = Exclude<StationCommand, { type: 'AuthorizationAnswered' }>;

/**
 * The session service wants a station to start or stop. Returns before the station has answered:
 * its answer goes out as `CommandAnswered`. Every gateway gets the order; the one that holds the
 * station carries it out, and when none does, each says so with the same message.
 */
export class OrderStation extends Command<void> {
  constructor(
    readonly order: Order,
    readonly correlationId: string,
  ) {
    super();
  }
}

interface MadeCall {
  readonly order: Order;
  readonly call: OutboundCall;
  readonly correlationId: string;
}

@CommandHandler(OrderStation)
export class OrderStationHandler implements ICommandHandler<OrderStation> {
  constructor(
    private readonly gateway: ThisGateway,
    private readonly live: LiveStations,
    private readonly caller: StationCaller,
    private readonly answers: CommandAnswers,
    private readonly underWay: CallsUnderWay,
  ) {}

  async execute({ order, correlationId }: OrderStation): Promise<void> {
    const { stationId, until } = order.data;
    const live = this.live.get(stationId);
    if (!live) return this.withoutStation(order, correlationId);
    if (this.gateway.now() >= until) {
      const late = { outcome: 'timeout', detail: 'too late to be sent' } as const;
      return this.answers.publish(order.data, late, correlationId);
    }
    const call = callFor(order, live);
    if (!call) {
      const unnamed = {
        outcome: 'error',
        detail: 'the station cannot know this transaction',
      } as const;
      return this.answers.publish(order.data, unnamed, correlationId);
    }
    await this.start(live, { order, call, correlationId });
  }

  private async withoutStation({ data }: Order, correlationId: string): Promise<void> {
    const { database, aliveSince, name } = this.gateway;
    const holder = await holderOf(database, data.stationId, aliveSince);
    if (holder === undefined || holder === name)
      await this.answers.publish(data, { outcome: 'offline' }, correlationId);
  }

  /** An order that comes twice is carried out once. */
  private async start(live: LiveStation, made: MadeCall): Promise<void> {
    const { order, call, correlationId } = made;
    const { stationId, commandId, until } = order.data;
    const { name, database } = this.gateway;
    const at = this.gateway.now();
    const callId = newUuid();
    const row = { callId, stationId, call, instance: name, commandId, at, until };
    if (!(await keepCall(database, row, 'sent'))) return;
    this.underWay.add(this.carryOut(live, callId, made), {
      work: 'ocpp-gateway.orders',
      correlationId,
      facts: { stationId, commandId },
    });
  }

  private async carryOut(
    live: LiveStation,
    callId: string,
    { order, call, correlationId }: MadeCall,
  ): Promise<void> {
    const end = await this.caller.call(live, call);
    const status = statusIn(order, live, end);
    if (status) await this.answers.publishStatus(status, correlationId);
    else await this.answers.publishEnd(order.data, end, correlationId);
    await endCall(this.gateway.database, callId, end, this.gateway.now());
  }
}

/** What a question was answered with; other orders are only accepted or not. */
function statusIn(order: Order, { link }: LiveStation, end: CallEnd): ToldStatus | undefined {
  if (order.type !== 'AskTransactionStatus' || end.kind !== 'answered') return undefined;
  const status = link.version.transactionStatus(end.payload);
  const { stationId, commandId, sessionId, transactionId } = order.data;
  return status && { stationId, commandId, sessionId, transactionId, ...status };
}

function callFor(order: Order, { link }: LiveStation): OutboundCall | undefined {
  switch (order.type) {
    case 'StartCharging':
      return link.version.startCharging(order.data);
    case 'StopCharging':
      return link.version.stopCharging(order.data);
    case 'AskTransactionStatus':
      return link.version.askTransactionStatus(order.data);
  }
}
