import { type DomainEvent, type RecordedEvent, type StreamName } from '@voltledger/kernel';
import { SAMPLE_SESSION as sessionId, at, samplePlace } from '@voltledger/testing';
import { authorization, recorded as meterValue } from '../../test/session-story';
import { messagesOf } from './session-events.publication';

const requestId = '3f3c1d1e-6f0a-4a43-8b1c-7a1f5f2d9a01';
const stationId = 'CS0001';

const recorded = (
  stream: string,
  { type, data }: DomainEvent,
  schemaVersion = 1,
): RecordedEvent => ({
  ...{ id: 'b8a1f7f0-0000-4000-8000-000000000001', stream: stream as StreamName, revision: 3 },
  ...{ type, data, recordedAt: at('10:00') },
  metadata: {
    ...{ causationId: 'm1', correlationId: 'c1', schemaVersion },
    ...{ tenant: 'acme' as never, region: 'eu' as never },
  },
});

const inShort = (event: RecordedEvent) =>
  messagesOf(event).map(({ topic, key, type, data }) => ({ topic, key, type, data }));

describe('what the session service publishes', () => {
  it('is each event as it stands, under the key of its stream', () => {
    const event = meterValue('100.5', '0.5', '10:01');
    expect(messagesOf(recorded(`session-${sessionId}`, event))).toEqual([
      {
        ...{ id: 'b8a1f7f0-0000-4000-8000-000000000001', topic: 'session.events.v1' },
        ...{ key: sessionId, type: event.type, data: event.data, schemaVersion: 1 },
        ...{ causationId: 'm1', correlationId: 'c1', tenant: 'acme', region: 'eu' },
        ...{ recordedAt: at('10:00'), revision: 3 },
      },
    ]);
  });

  it('keeps to itself which report number comes next', () =>
    expect(
      messagesOf(
        recorded('session-1', { type: 'ReportTaken', data: { sessionId, fingerprint: 'f' } }),
      ),
    ).toEqual([]));

  it('tells the station the verdict it waits for', () => {
    const authorized = {
      type: 'Authorized',
      data: {
        ...{ requestId, stationId, at: at('10:00') },
        authorization: { ...authorization, token: { ...authorization.token, groupId: 'FLEET' } },
      },
    };
    expect(inShort(recorded(`authorization-${requestId}`, authorized))[1]).toEqual({
      ...{ topic: 'station.commands.v1', key: stationId, type: 'AuthorizationAnswered' },
      data: { stationId, requestId, verdict: { status: 'accepted', groupId: 'FLEET' } },
    });
    const presented = { uid: 'STOLEN', type: 'OTHER' };
    const rejected = {
      type: 'AuthorizationRejected',
      data: { requestId, stationId, presented, refusal: 'BLOCKED', at: at('10:00') },
    };
    expect(inShort(recorded(`authorization-${requestId}`, rejected))[1]).toMatchObject({
      data: { verdict: { status: 'refused', refusal: 'BLOCKED' } },
    });
  });

  it('orders a start and a stop from the station', () => {
    const start = {
      type: 'StartRequested',
      data: {
        ...{ startId: requestId, remoteStartId: 7, stationId, place: samplePlace() },
        ...{ authorization, at: at('10:00'), until: at('10:01') },
      },
    };
    expect(inShort(recorded(`start-${requestId}`, start))[1]).toEqual({
      ...{ topic: 'station.commands.v1', key: stationId, type: 'StartCharging' },
      data: {
        ...{ stationId, commandId: requestId, remoteStartId: 7, stationEvse: 1 },
        ...{ token: { uid: '04A2B3', type: 'RFID' }, until: at('10:01') },
      },
    });
    const stop = {
      type: 'StopRequested',
      data: {
        ...{ sessionId, commandId: requestId, stationId, transactionId: '7', by: 'operator' },
        ...{ at: at('10:00'), until: at('10:01') },
      },
    };
    expect(inShort(recorded(`session-${sessionId}`, stop))[1]).toMatchObject({
      type: 'StopCharging',
      data: { stationId, commandId: requestId, sessionId, transactionId: '7' },
    });
  });

  it('has the same ids when it is published again', () => {
    const event = recorded(`authorization-${requestId}`, {
      type: 'Authorized',
      data: { requestId, stationId, authorization, at: at('10:00') },
    });
    const ids = () => messagesOf(event).map(({ id }) => id);
    expect(ids()).toEqual(ids());
    expect(new Set(ids()).size).toBe(2);
  });

  it('stands still at an event of a newer version of us (domain 1.12)', () =>
    expect(() =>
      messagesOf(recorded(`session-${sessionId}`, meterValue('1', '0', '10:00'), 2)),
    ).toThrow(/newer than ours/));

  it('never publishes what breaks the contract', () =>
    expect(() => messagesOf(recorded('session-1', { type: 'SessionEnded', data: {} }))).toThrow());
});
