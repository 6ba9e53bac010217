import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type StationCommand } from '@voltledger/contracts';
import { type OutboundCall } from '@voltledger/ocpp';
import { newUuid } from '@voltledger/platform';
import { type CallEnd, type NewCall, endCall, keepCall } from '../outbound/calls-table';
import { CallsUnderWay } from '../outbound/calls-under-way';
import { holderOf } from '../outbound/connections-table';
import { type LiveStation, LiveStations } from '../outbound/live-stations';
import { StationCaller } from '../outbound/station-caller';
import { ThisGateway } from '../outbound/this-gateway';
import { CommandAnswers, type CommandResult, type ToldStatus, resultOf } from './command-answers';

/** An order that is not carried out: how its call ends, and what the session service is told. */
interface Refusal {
  readonly end: CallEnd;
  readonly result: CommandResult;
}

const OFFLINE: Refusal = {
  end: { kind: 'disconnected', sent: false },
  result: { outcome: 'offline' },
};
const TOO_LATE: Refusal = {
  end: { kind: 'timeout' },
  result: { outcome: 'timeout', detail: 'too late to be sent' },
};
const UNNAMED: Refusal = {
  end: { kind: 'invalidPayload', path: 'transactionId', rule: 'unknown to the station' },
  result: { outcome: 'error', detail: 'the station cannot know this transaction' },
};

export type Order = Exclude<StationCommand, { type: 'AuthorizationAnswered' }>;

/**
 * The session service wants a station to start or stop. Returns before the station has answered:
 * its answer goes out as `CommandAnswered`. Every gateway gets the order; the one that holds the
 * station carries it out, and when none does, the first to find out says so.
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
    if (this.gateway.now() >= until) return this.refuse(order, TOO_LATE, correlationId);
    const call = callFor(order, live);
    if (!call) return this.refuse(order, UNNAMED, correlationId);
    await this.start(live, { order, call, correlationId });
  }

  private async withoutStation(order: Order, correlationId: string): Promise<void> {
    const { database, aliveSince, name } = this.gateway;
    const holder = await holderOf(database, order.data.stationId, aliveSince);
    if (holder === undefined || holder === name) await this.refuse(order, OFFLINE, correlationId);
  }

  /** Unless another gateway has taken the order meanwhile: it has one end only. */
  private async refuse(
    order: Order,
    { end, result }: Refusal,
    correlationId: string,
  ): Promise<void> {
    const { type, data } = order;
    await this.gateway.database.transaction(async (tx) => {
      const made = this.newCall(data, { action: type, payload: {} });
      if (!(await keepCall(tx, made, 'sent'))) return;
      await endCall(tx, made.callId, end, made.at);
      await this.answers.publish(data, result, correlationId, tx);
    });
  }

  private newCall({ stationId, commandId, until }: Order['data'], call: OutboundCall): NewCall {
    const at = this.gateway.now();
    return {
      callId: newUuid(),
      stationId,
      call,
      instance: this.gateway.name,
      commandId,
      at,
      until,
    };
  }

  /** An order that comes twice is carried out once. */
  private async start(live: LiveStation, made: MadeCall): Promise<void> {
    const { order, call, correlationId } = made;
    const { stationId, commandId } = order.data;
    const row = this.newCall(order.data, call);
    if (!(await keepCall(this.gateway.database, row, 'sent'))) return;
    this.underWay.add(this.carryOut(live, row.callId, made), {
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
    await this.gateway.database.transaction(async (tx) => {
      if (!(await endCall(tx, callId, end, this.gateway.now()))) return;
      if (status) await this.answers.publishStatus(status, correlationId, tx);
      else await this.answers.publish(order.data, resultOf(end), correlationId, tx);
    });
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
