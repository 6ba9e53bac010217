import { type StationId, energy, instant } from '@voltledger/kernel';
import { derivedUuid } from '@voltledger/platform';
import { eventually } from '@voltledger/testing';
import { GatewayRig } from './gateway-rig';

const now = new Date().toISOString().slice(0, 16);
const at = (seconds: number) => instant(`${now}:${String(seconds).padStart(2, '0')}Z`);

describe.each(['1.6', '2.0.1'] as const)('charging at an OCPP %s station', (version) => {
  let rig: GatewayRig;

  beforeAll(async () => {
    rig = await GatewayRig.start();
    await rig.provide(3);
  });

  afterAll(() => rig.close());

  it('OCPP-J-RPC-22: tells start, readings and end, normalised, before it answers', async () => {
    const station = await rig.station(version);
    const transaction = await station.start({
      token: { uid: '04AB' },
      register: energy('100'),
      at: at(0),
    });
    expect(transaction.verdict).toBe('Accepted');
    await transaction.meter({ register: energy('100.5'), at: at(10), power: 11_000 });
    await transaction.stop({ register: energy('101.25'), at: at(20), token: { uid: '04AB' } });

    await eventually(() => expect(rig.events('TransactionEnded')).toHaveLength(1));
    const [started] = rig.events('TransactionStarted');
    const [updated] = rig.events('TransactionUpdated');
    const [ended] = rig.events('TransactionEnded');
    const transactionId = transaction.id!;
    const sessionId = derivedUuid('session', 'test', 'CS0001', transactionId);
    expect(started).toMatchObject({
      stationId: 'CS0001',
      sessionId,
      transactionId,
      reportedAt: at(0),
      token: { uid: '04AB', type: version === '1.6' ? 'OTHER' : 'RFID' },
      place: { evse: { evseId: 'DE*VLT*E0001*1' }, connector: { connectorId: '1' } },
      readings: [{ measuredAt: at(0), register: 100_000_000, context: 'begin' }],
    });
    expect(updated).toMatchObject({
      sessionId,
      readings: [{ register: 100_500_000, context: 'periodic', power: 11_000 }],
    });
    expect(ended).toMatchObject({
      sessionId,
      reason: 'Local',
      readings: [{ register: 101_250_000, context: 'end' }],
    });
    await station.close();
  });

  it('OCPP-J-RPC-21, 1.6-TX-02, 2.0.1-TX-09: a report sent again under a new id is the same message', async () => {
    const station = await rig.station(version, { identity: 'CS0002' });
    station.loseAnswers(2);
    const transaction = await station.start({
      token: { uid: 'AGAIN' },
      register: energy('1'),
      at: at(1),
    });
    station.loseAnswers(1);
    await transaction.stop({ register: energy('2'), at: at(2) });

    const mine = (type: 'TransactionStarted' | 'TransactionEnded') =>
      rig.told.filter(
        ({ event }) =>
          event.type === type && (event.data as { stationId: StationId }).stationId === 'CS0002',
      );
    await eventually(() => expect(mine('TransactionEnded').length).toBeGreaterThanOrEqual(2));
    expect(mine('TransactionStarted')).toHaveLength(3);
    expect(new Set(mine('TransactionStarted').map(({ id }) => id)).size).toBe(1);
    expect(new Set(mine('TransactionEnded').map(({ id }) => id)).size).toBe(1);
    await station.close();
  });

  it('OCPP-J-AUTH-01, 1.6-TX-01: a refused token is told so, and the transaction is kept', async () => {
    rig.verdicts.set('STOLEN', { status: 'refused', refusal: 'BLOCKED' });
    const station = await rig.station(version, { identity: 'CS0003' });
    expect(await station.authorize({ uid: 'STOLEN' })).toBe('Blocked');
    const transaction = await station.start({
      token: { uid: 'STOLEN' },
      register: energy('1'),
      at: at(3),
    });
    expect(transaction.verdict).toBe('Blocked');
    expect(transaction.id).toBeDefined();
    await station.close();
  });

  it('1.6-TX-03, 2.0.1-TX-10: what was kept while offline is told as such, in order', async () => {
    const station = await rig.station(version, { identity: 'CS0003' });
    await station.goOffline();
    const before = rig.told.length;
    const transaction = await station.start({
      token: { uid: 'LATER' },
      register: energy('5'),
      at: instant('2026-01-01T10:00:00Z'),
    });
    await transaction.meter({ register: energy('6'), at: instant('2026-01-01T10:30:00Z') });
    await transaction.stop({ register: energy('7'), at: instant('2026-01-01T11:00:00Z') });
    expect(station.unacknowledged).toBe(3);
    await station.connect();
    expect(station.unacknowledged).toBe(0);

    const told = () =>
      rig.told
        .slice(before)
        .flatMap(({ event }) => (event.type.startsWith('Transaction') ? [event] : []));
    await eventually(() => expect(told()).toHaveLength(3));
    expect(told().map(({ type }) => type)).toEqual([
      'TransactionStarted',
      'TransactionUpdated',
      'TransactionEnded',
    ]);
    expect(told().every(({ data }) => (data as { offline: boolean }).offline)).toBe(true);
    await station.close();
  });

  it('OCPP-J-BOOT-05, CONN-15: a reboot in mid-session ends nothing', async () => {
    const station = await rig.station(version);
    const transaction = await station.start({
      token: { uid: '04AB' },
      register: energy('200'),
      at: at(30),
    });
    await station.reboot();
    await transaction.meter({ register: energy('201'), at: at(40) });
    await transaction.stop({ register: energy('202'), at: at(50) });
    await eventually(() =>
      expect(rig.events('TransactionEnded')).toContainEqual(
        expect.objectContaining({ transactionId: transaction.id, stationId: 'CS0001' }),
      ),
    );
    await station.close();
  });
});
