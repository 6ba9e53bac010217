import {
  type SessionEvent,
  type StationCommand,
  messageFor,
  sessionEvents,
  stationCommands,
} from '@voltledger/contracts';
import { type OutgoingMessage, type RecordedEvent, streamIdOf } from '@voltledger/kernel';
import { Publishes, type StreamPublication, derivedUuid } from '@voltledger/platform';

/** Bookkeeping of a stream that is nobody else's business. */
const PRIVATE_TO_THE_STREAM: ReadonlySet<string> = new Set(['ReportTaken']);

/** What this service tells the others: its streams, and what they mean for a station. */
@Publishes()
export class SessionEventsPublication implements StreamPublication {
  readonly reader = 'session.relay';
  readonly categories = ['session', 'authorization', 'start'];
  readonly messagesOf = messagesOf;
}

/** The event itself, by stream; and, where a station has to act, a command for it. */
export function messagesOf(recorded: RecordedEvent): OutgoingMessage[] {
  const { id, stream, revision, metadata, recordedAt } = recorded;
  const event = today(recorded);
  if (PRIVATE_TO_THE_STREAM.has(event.type)) return [];
  const { causationId, correlationId, tenant, region } = metadata;
  const origin = { revision, recordedAt, causationId, correlationId, tenant, region };
  const told = messageFor(sessionEvents, { ...origin, id, key: streamIdOf(stream), event });
  const order = orderOf(event);
  if (!order) return [told];
  const command = messageFor(stationCommands, {
    ...{ ...origin, causationId: id },
    ...{ id: derivedUuid('station-command', id), key: order.data.stationId, event: order },
  });
  return [told, command];
}

/** @throws Error when a newer version of us wrote it: guessing would mislead everybody. */
function today({ type, data, metadata, stream }: RecordedEvent): SessionEvent {
  const { schemaVersion } = metadata;
  if (schemaVersion > sessionEvents.schemaVersion)
    throw new Error(`${type} in ${stream} has schema version ${schemaVersion}, newer than ours`);
  return sessionEvents.upcast({ type, data }, schemaVersion) as SessionEvent;
}

type Orders = {
  readonly [Type in SessionEvent['type']]?: (
    data: Extract<SessionEvent, { type: Type }>['data'],
  ) => StationCommand;
};

/** What a station has to be told because of an event. */
const ORDERS: Orders = {
  Authorized: ({ stationId, requestId, authorization }) => {
    const { groupId } = authorization.token;
    const verdict = { status: 'accepted' as const, ...(groupId !== undefined && { groupId }) };
    return { type: 'AuthorizationAnswered', data: { stationId, requestId, verdict } };
  },
  AuthorizationRejected: ({ stationId, requestId, refusal }) => ({
    type: 'AuthorizationAnswered',
    data: { stationId, requestId, verdict: { status: 'refused', refusal } },
  }),
  StartRequested: ({ startId, stationId, remoteStartId, place, authorization, until }) => {
    const { uid, type } = authorization.token;
    const { stationEvse } = place.evse;
    const order = { stationId, commandId: startId, remoteStartId, stationEvse, until };
    return { type: 'StartCharging', data: { ...order, token: { uid, type } } };
  },
  StopRequested: ({ stationId, commandId, sessionId, transactionId, until }) => ({
    type: 'StopCharging',
    data: { stationId, commandId, sessionId, transactionId, until },
  }),
};

function orderOf({ type, data }: SessionEvent): StationCommand | undefined {
  const order = ORDERS[type] as ((data: object) => StationCommand) | undefined;
  return order?.(data);
}
