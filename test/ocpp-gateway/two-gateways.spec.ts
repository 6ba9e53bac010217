import { energy, instant } from '@voltledger/kernel';
import { type TestDatabase, createTestDatabase, eventually } from '@voltledger/testing';
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
});
