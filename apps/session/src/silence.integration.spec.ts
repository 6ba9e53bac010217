import { at, eventually } from '@voltledger/testing';
import { RunningSessionService } from '../test/running-session-service';
import { transaction } from '../test/transaction';

let service: RunningSessionService;

beforeAll(async () => {
  service = await RunningSessionService.start();
});
afterAll(() => service.close());
beforeEach(() => service.clock.set(at('10:00')));

describe('what nobody reports', () => {
  it('closes a session that lost its end when the next one has begun (OCPP-1.6-TX-05)', async () => {
    const lost = transaction();
    await service.station(lost.start());
    await service.station(lost.read('100.7', '10:10'));
    const next = transaction();
    await service.station(
      next.start(undefined, {
        stationId: lost.stationId,
        reportedAt: at('10:20'),
        arrivedAt: at('10:20'),
      }),
    );
    await eventually(async () =>
      expect(await service.story(next.sessionId)).toContain('SessionStarted'),
    );
    await eventually(async () => {
      service.clock.advance(30_000);
      const row = await service.row(lost.sessionId);
      expect(row).toMatchObject({ status: 'estimated', energy_mwh: 700_000 });
    });
    expect((await service.row(next.sessionId))?.status).toBe('active');
    await service.station(lost.end('101', '10:18'));
    await eventually(async () =>
      expect(await service.row(lost.sessionId)).toMatchObject({
        status: 'ended',
        energy_mwh: 1_000_000,
      }),
    );
  });

  it('closes a session when its connector has long been available (domain 1.6)', async () => {
    const lost = transaction();
    await service.station(lost.start());
    await service.station({
      type: 'ConnectorStatusReported',
      data: {
        ...{ stationId: lost.stationId, stationEvse: 1, stationConnector: 1 },
        ...{ status: 'AVAILABLE', reported: 'Available', at: at('10:05') },
      },
    });
    await eventually(async () =>
      expect(await service.story(lost.sessionId)).toContain('SessionStarted'),
    );
    service.clock.set(at('10:30'));
    await eventually(async () =>
      expect((await service.row(lost.sessionId))?.status).toBe('estimated'),
    );
  });

  it('closes a gap after a while, and doubts it (domain 1.3)', async () => {
    const { sessionId, ...tx } = transaction();
    await service.station(tx.start(undefined, { seqNo: 0 }));
    await service.station(tx.read('100.9', '10:03', { seqNo: 3 }));
    await eventually(async () =>
      expect(await service.story(sessionId)).toContain('ReportSetAside'),
    );
    service.clock.set(at('10:20'));
    await eventually(async () =>
      expect(await service.row(sessionId)).toMatchObject({ energy_mwh: 900_000, doubts: ['gap'] }),
    );
  });

  it('keeps an end that fits no session for somebody to look at (OCPP-1.6-TX-07)', async () => {
    const { stationId } = transaction();
    await service.station({
      type: 'OrphanTransactionEnded',
      data: {
        ...{ stationId, transactionId: '-1', reportedAt: at('10:00'), readings: [] },
        frame: '[2,"1","StopTransaction",{}]',
      },
    });
    await eventually(async () =>
      expect(
        await service.test.database.query(
          `select 1 from session.orphan_ends where station_id = $1`,
          [stationId],
        ),
      ).toHaveLength(1),
    );
  });

  it('hears from a connector how its session goes', async () => {
    const { sessionId, stationId, ...tx } = transaction();
    await service.station(tx.start());
    await service.station({
      type: 'ConnectorStatusReported',
      data: {
        ...{ stationId, stationEvse: 1, stationConnector: 1, at: at('10:05') },
        ...{ status: 'CHARGING', reported: 'SuspendedEV', chargingState: 'SuspendedEV' },
      },
    });
    await eventually(async () =>
      expect(await service.row(sessionId)).toMatchObject({ charging_state: 'SuspendedEV' }),
    );
  });
});
