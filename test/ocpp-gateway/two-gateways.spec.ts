import { energy, instant } from '@voltledger/kernel';
import {
  ConnectionLost,
  type TestDatabase,
  createTestDatabase,
  eventually,
} from '@voltledger/testing';
import { GatewayRig } from './gateway-rig';

describe('two gateways', () => {
  let database: TestDatabase;
  let first: GatewayRig;
  let second: GatewayRig;

  beforeAll(async () => {
    database = await createTestDatabase();
    first = await GatewayRig.start({ database });
    second = await GatewayRig.start({ database, environment: { GATEWAY_INSTANCE: 'gateway-b' } });
    await first.provide(1);
  });

  afterAll(async () => {
    await first.close();
    await second.close();
    await database.close();
  });

  it('a call asked of one reaches the station that the other holds', async () => {
    const station = await first.station('1.6');
    station.answer('ClearCache', () => ({ status: 'Accepted' }));
    const answer = await second.api('POST', 'stations/CS0001/calls', { action: 'ClearCache' });
    expect([answer.status, answer.body]).toEqual([200, { answer: { status: 'Accepted' } }]);
    await station.close();
  });

  it('OCPP-J-CONN-11: takeover works across gateways, and the old connection is closed', async () => {
    const before = await first.station('1.6');
    const closed = before.wire.closed();
    const after = await second.connected('1.6');
    await expect(closed).resolves.toBe(1008);
    after.answer('ClearCache', () => ({ status: 'Accepted' }));
    const answer = await first.api('POST', 'stations/CS0001/calls', { action: 'ClearCache' });
    expect(answer.body).toEqual({ answer: { status: 'Accepted' } });
    await after.close();
  });

  it('OCPP-J-BOOT-07: acceptance and transactions are known wherever the station connects', async () => {
    const at = instant(new Date().toISOString());
    const here = await first.station('2.0.1');
    const transaction = await here.start({ token: { uid: 'ROAMS' }, register: energy('1'), at });
    const there = await second.connected('2.0.1');
    await there.wire.call('TransactionEvent', {
      eventType: 'Ended',
      timestamp: at,
      triggerReason: 'EVDeparted',
      seqNo: 1,
      transactionInfo: { transactionId: transaction.id },
    });
    await eventually(() =>
      expect(second.events('TransactionEnded')).toContainEqual(
        expect.objectContaining({ transactionId: transaction.id }),
      ),
    );
  });

  it('OCPP-J-CONN-11: what an old connection still brings after a takeover is refused', async () => {
    const before = await first.station('1.6');
    const after = await second.connected('1.6');
    const closed = before.wire.closed();
    const late = before.wire.callNow('StatusNotification', status('Faulted'));
    await expect(late).rejects.toThrow(ConnectionLost);
    await expect(closed).resolves.toBe(1008);
    await after.wire.call('StatusNotification', status('Charging'));
    await eventually(() =>
      expect(second.events('ConnectorStatusReported').at(-1)?.reported).toBe('Charging'),
    );
    expect(second.events('ConnectorStatusReported').map(({ reported }) => reported)).not.toContain(
      'Faulted',
    );
    await after.close();
  });

  it('events stay in order, none is lost, when a station moves in the middle of its reports', async () => {
    const here = await first.station('2.0.1');
    const start = instant(new Date().toISOString());
    const { id } = await here.start({ token: { uid: 'MOVES' }, register: energy('0'), at: start });
    const reports = Array.from({ length: REPORTS }, (_, index) => metered(id!, index + 1));
    const answered = reports.map(() => false);
    const { wire } = here;
    const pipelined = reports.map((report, index) =>
      wire.callNow('TransactionEvent', report).then(
        () => (answered[index] = true),
        () => undefined,
      ),
    );
    await pipelined[2];
    const there = await second.connected('2.0.1');
    for (const [index, report] of reports.entries())
      if (!answered[index]) await there.wire.call('TransactionEvent', report);
    await Promise.all(pipelined);

    const registers = Array.from({ length: REPORTS }, (_, index) => (index + 1) * 1_000_000);
    const told = await eventually(() => {
      const all = second
        .events('TransactionUpdated')
        .filter(({ transactionId }) => transactionId === id)
        .map(({ readings }) => Number(readings[0]?.register));
      const onceEach = [...new Set(all)];
      expect(onceEach).toHaveLength(REPORTS);
      return onceEach;
    });
    expect(told).toEqual(registers);
    await there.close();
  });
});

const REPORTS = 30;

const status = (reported: string) => ({
  connectorId: 1,
  errorCode: 'NoError',
  status: reported,
});

const metered = (transactionId: string, seqNo: number) => ({
  eventType: 'Updated',
  timestamp: new Date(Date.now() + seqNo).toISOString(),
  triggerReason: 'MeterValuePeriodic',
  seqNo,
  transactionInfo: { transactionId },
  meterValue: [
    {
      timestamp: new Date(Date.now() + seqNo).toISOString(),
      sampledValue: [{ value: seqNo * 1_000, measurand: 'Energy.Active.Import.Register' }],
    },
  ],
});
