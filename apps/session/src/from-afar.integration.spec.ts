import { type StationId } from '@voltledger/kernel';
import { newUuid } from '@voltledger/platform';
import { at, eventually, sampleLocation, samplePlace, sampleToken } from '@voltledger/testing';
import { RunningSessionService } from '../test/running-session-service';
import { partner, transaction } from '../test/transaction';

let service: RunningSessionService;

beforeAll(async () => {
  service = await RunningSessionService.start();
});
afterAll(() => service.close());
beforeEach(() => service.clock.set(at('10:00')));

describe('starting and stopping from afar', () => {
  it('starts where the partner wants it, and knows the transaction again (OCPP-1.6-TX-14)', async () => {
    await service.location({ type: 'LocationChanged', data: { location: sampleLocation(2) } });
    await eventually(async () =>
      expect(await service.test.database.query(`select 1 from session.evses`)).toHaveLength(2),
    );
    const startId = newUuid();
    const authorization = {
      method: 'COMMAND' as const,
      token: { ...sampleToken('REMOTE01'), contractId: 'NL-XYZ-1' },
      payer: { kind: 'ocpi' as const, ...partner },
    };
    await service.roaming({
      type: 'RemoteStartRequested',
      data: {
        ...{ startId, evseUid: 'EVSE-0002', authorization },
        ...{ at: at('10:00'), until: at('10:01') },
      },
    });
    const [start] = await eventually(() => {
      expect(service.commands({ commandId: startId })).toHaveLength(1);
      return service.commands({ commandId: startId });
    });
    expect(start).toMatchObject({
      type: 'StartCharging',
      data: { stationId: 'CS0002', stationEvse: 1, token: { uid: 'REMOTE01', type: 'RFID' } },
    });
    await service.station({
      type: 'CommandAnswered',
      data: {
        ...{ stationId: 'CS0002' as StationId, commandId: startId },
        ...{ outcome: 'accepted', at: at('10:00') },
      },
    });
    const tx = transaction('remote01');
    await service.station(
      tx.start(newUuid(), { stationId: 'CS0002' as StationId, place: samplePlace(2) }),
    );
    await eventually(() =>
      expect(
        service
          .events({ startId })
          .map(({ type }) => type)
          .sort(),
      ).toEqual(['SessionStarted', 'StartAccepted', 'StartFulfilled', 'StartRequested']),
    );
    expect(await service.firstEvent(tx.sessionId)).toMatchObject({
      startId,
      authorization: { method: 'COMMAND' },
    });
  });

  it('says that an EVSE is unknown (domain 10.3)', async () => {
    const startId = newUuid();
    await service.roaming({
      type: 'RemoteStartRequested',
      data: {
        ...{ startId, evseUid: 'NOWHERE', at: at('10:00'), until: at('10:01') },
        authorization: {
          ...{ method: 'COMMAND', payer: { kind: 'ocpi', ...partner } },
          token: sampleToken('REMOTE02'),
        },
      },
    });
    await eventually(() =>
      expect(service.events({ startId })).toMatchObject([
        { type: 'StartRefused', data: { reason: 'unknown' } },
      ]),
    );
  });

  it('stops by the id the station knows, and answers a stop of nothing (OCPP-1.6-TX-15)', async () => {
    const { sessionId, stationId, ...tx } = transaction();
    await service.station(tx.start());
    await eventually(async () =>
      expect(await service.story(sessionId)).toContain('SessionStarted'),
    );
    const commandId = newUuid();
    const stop = { commandId, by: 'partner', at: service.clock(), until: at('10:01') };
    await service.roaming({ type: 'RemoteStopRequested', data: { ...stop, sessionId } });
    await eventually(() =>
      expect(service.commands({ commandId })).toMatchObject([
        { type: 'StopCharging', data: { stationId, sessionId, transactionId: '7' } },
      ]),
    );
    await service.station({
      type: 'CommandAnswered',
      data: { stationId, commandId, outcome: 'accepted', at: service.clock() },
    });
    await eventually(async () => expect(await service.story(sessionId)).toContain('StopAnswered'));
    const nothing = { ...stop, commandId: newUuid(), sessionId: newUuid() as never };
    await service.roaming({ type: 'RemoteStopRequested', data: nothing });
    await eventually(() =>
      expect(service.events({ commandId: nothing.commandId })).toMatchObject([
        { type: 'StopAnswered', data: { outcome: 'unknown' } },
      ]),
    );
  });
});
