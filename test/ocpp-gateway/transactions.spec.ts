import { energy, instant } from '@voltledger/kernel';
import { type SimulatedStation, eventually } from '@voltledger/testing';
import { GatewayRig } from './gateway-rig';

const now = () => instant(new Date().toISOString());
const earlier = (seconds: number) => instant(new Date(Date.now() - seconds * 1_000).toISOString());

describe('transactions that are not as they should be', () => {
  let rig: GatewayRig;
  let station: SimulatedStation;

  beforeAll(async () => {
    rig = await GatewayRig.start();
    await rig.provide(4);
    station = await rig.station('1.6');
  });

  afterAll(() => rig.close());

  it('OCPP-1.6-TX-08, TX-10: a stop with -1 ends the only open one, and again the same', async () => {
    const transaction = await station.start({
      token: { uid: 'LOST' },
      register: energy('1'),
      at: earlier(60),
    });
    const { id } = transaction;
    transaction.forgetId();
    const stop = { transactionId: -1, meterStop: 2_000, timestamp: now() };
    await station.wire.call('StopTransaction', stop);
    await station.wire.call('StopTransaction', stop);
    const ended = () => rig.told.filter(({ event }) => event.type === 'TransactionEnded');
    await eventually(() => expect(ended()).toHaveLength(2));
    expect(new Set(ended().map(({ id: messageId }) => messageId)).size).toBe(1);
    expect(ended()[0]?.event.data).toMatchObject({ transactionId: id });
  });

  it('OCPP-1.6-TX-07, TX-08, TX-09: a stop that fits none or two is an orphan, answered positively', async () => {
    const other = await rig.station('1.6', { identity: 'CS0002' });
    const foreign = await other.start({
      token: { uid: 'OTHERS' },
      register: energy('1'),
      at: now(),
    });
    const stop = { meterStop: 5_000, timestamp: now() };
    await expect(
      station.wire.call('StopTransaction', { ...stop, transactionId: 99_999 }),
    ).resolves.toEqual({});
    await expect(
      station.wire.call('StopTransaction', {
        ...stop,
        transactionId: Number(foreign.id),
        idTag: 'X',
      }),
    ).resolves.toEqual({ idTagInfo: { status: 'Accepted' } });
    await station.start({ token: { uid: 'ONE' }, register: energy('1'), at: earlier(30) });
    await station.start({ evse: 2, token: { uid: 'TWO' }, register: energy('1'), at: earlier(20) });
    await station.wire.call('StopTransaction', { ...stop, transactionId: -1 });
    await eventually(() => expect(rig.events('OrphanTransactionEnded')).toHaveLength(3));
    expect(rig.events('OrphanTransactionEnded')[0]).toMatchObject({
      transactionId: '99999',
      readings: [{ register: 5_000_000 }],
    });
    expect(
      rig.events('TransactionEnded').some(({ transactionId }) => transactionId === foreign.id),
    ).toBe(false);
    const notices = await rig.api('GET', 'stations/CS0001/notices');
    expect(JSON.stringify(notices.body)).toContain('OrphanTransactionEnded');
  });

  it('OCPP-J-MV-10, MV-06: values without an id join the only transaction there; the main meter joins none', async () => {
    const lone = await rig.station('1.6', { identity: 'CS0003' });
    const transaction = await lone.start({
      token: { uid: 'MV' },
      register: energy('1'),
      at: now(),
    });
    const values = (connectorId: number, value: string) => ({
      connectorId,
      meterValue: [{ timestamp: now(), sampledValue: [{ value }] }],
    });
    await lone.wire.call('MeterValues', values(0, '777'));
    await lone.wire.call('MeterValues', values(1, '1500'));
    await eventually(() =>
      expect(rig.events('TransactionUpdated')).toEqual([
        expect.objectContaining({
          transactionId: transaction.id,
          readings: [expect.objectContaining({ register: 1_500_000 })],
        }),
      ]),
    );
    const detail = await rig.api('GET', 'stations/CS0003');
    expect(detail.body).toMatchObject({
      telemetry: [{ evse: 0 }],
      openTransactions: [{ transactionId: transaction.id }],
    });
  });

  it('OCPP-J-MV-11, 1.6-TX-13: a record that is only signed takes the register that is known', async () => {
    const lone = await rig.station('1.6', { identity: 'CS0004' });
    const transaction = await lone.start({
      token: { uid: 'SIGNED' },
      register: energy('3'),
      at: now(),
    });
    const data = 'OCMF|{"FV":"1.0"}|{"SD":"30"}';
    await lone.wire.call('MeterValues', {
      connectorId: 1,
      transactionId: Number(transaction.id),
      meterValue: [
        {
          timestamp: now(),
          sampledValue: [{ value: data, format: 'SignedData', context: 'Transaction.Begin' }],
        },
      ],
    });
    await eventually(() =>
      expect(rig.events('TransactionUpdated')).toContainEqual(
        expect.objectContaining({
          transactionId: transaction.id,
          readings: [
            expect.objectContaining({
              register: 3_000_000,
              signed: expect.objectContaining({ data }),
            }),
          ],
        }),
      ),
    );
  });

  it('OCPP-2.0.1-TX-05, TX-07: an end before its start, and an EVSE told late, are one transaction', async () => {
    const newer = await rig.station('2.0.1', { identity: 'CS0004' });
    const event = (eventType: string, seqNo: number, more: object = {}) =>
      newer.wire.call('TransactionEvent', {
        eventType,
        seqNo,
        timestamp: now(),
        triggerReason: 'ChargingStateChanged',
        transactionInfo: { transactionId: 'shuffled' },
        ...more,
      });
    await event('Ended', 2);
    await event('Started', 0);
    await event('Updated', 1, { evse: { id: 1 } });
    const told = () =>
      rig.told.flatMap(({ event: { type, data } }) =>
        'transactionId' in data && data.transactionId === 'shuffled' ? [{ type, data }] : [],
      );
    await eventually(() => expect(told()).toHaveLength(3));
    expect(told().map(({ type }) => type)).toEqual([
      'TransactionEnded',
      'TransactionStarted',
      'TransactionUpdated',
    ]);
    expect(new Set(told().map(({ data }) => (data as { sessionId: string }).sessionId)).size).toBe(
      1,
    );
    expect(told()[2]?.data).toMatchObject({ place: { evse: { stationEvse: 1 } } });
  });

  it('OCPP-2.0.1-TX-09: the same number with other content is another report', async () => {
    const newer = await rig.station('2.0.1', { identity: 'CS0004' });
    const update = (value: number) =>
      newer.wire.call('TransactionEvent', {
        eventType: 'Updated',
        seqNo: 0,
        timestamp: '2026-11-25T10:00:00Z',
        triggerReason: 'MeterValuePeriodic',
        transactionInfo: { transactionId: 'always-0' },
        meterValue: [{ timestamp: '2026-11-25T10:00:00Z', sampledValue: [{ value }] }],
      });
    await update(1);
    await update(2);
    await update(2);
    const ids = () =>
      rig.told.flatMap(({ id, event: { data } }) =>
        'transactionId' in data && data.transactionId === 'always-0' ? [id] : [],
      );
    await eventually(() => expect(ids()).toHaveLength(3));
    expect(new Set(ids()).size).toBe(2);
  });

  it('OCPP-2.0.1-AUTH-01: nobody in particular may charge where the operator allows it', async () => {
    const anybody = { idToken: '', type: 'NoAuthorization' };
    const newer = await rig.station('2.0.1', { identity: 'CS0004' });
    const ask = () => newer.wire.call('Authorize', { idToken: anybody });
    await expect(ask()).resolves.toEqual({ idTokenInfo: { status: 'NotAtThisLocation' } });
    await rig.provideStation('CS0004', { anonymousAllowed: true });
    await expect(ask()).resolves.toEqual({ idTokenInfo: { status: 'Accepted' } });
  });

  it('OCPP-J-AUTH-08: when nobody judges in time, the configured default is answered', async () => {
    rig.verdicts.set('NEVER', 'silent');
    expect(await station.authorize({ uid: 'NEVER' })).toBe('Invalid');
    const transaction = await station.start({
      evse: 3,
      token: { uid: 'NEVER' },
      register: energy('1'),
      at: now(),
    });
    expect(transaction.verdict).toBe('Accepted');
  });
});
