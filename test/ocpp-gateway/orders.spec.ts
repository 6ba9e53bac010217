import { energy, instant } from '@voltledger/kernel';
import { newUuid } from '@voltledger/platform';
import { type SimulatedStation, eventually } from '@voltledger/testing';
import { GatewayRig } from './gateway-rig';

const soon = () => instant(new Date(Date.now() + 60_000).toISOString());
const now = () => instant(new Date().toISOString());
const stationId = 'CS0001' as never;

describe.each(['1.6', '2.0.1'] as const)('orders to an OCPP %s station', (version) => {
  let rig: GatewayRig;
  let station: SimulatedStation;

  beforeAll(async () => {
    rig = await GatewayRig.start({ environment: { OCPP_CALL_TIMEOUT_SECONDS: '1' } });
    await rig.provide(2);
    station = await rig.station(version);
  });

  afterAll(() => rig.close());

  const outcome = async (commandId: string) =>
    eventually(() => {
      const answered = rig.events('CommandAnswered').find((each) => each.commandId === commandId);
      expect(answered).toBeDefined();
      return answered!;
    });

  const start = async (until = soon(), uid = 'REMOTE') => {
    const commandId = newUuid();
    const data = {
      stationId,
      commandId,
      remoteStartId: 4711,
      token: { uid, type: 'RFID' },
      stationEvse: 1,
      until,
    } as const;
    await rig.order({ type: 'StartCharging', data });
    return outcome(commandId);
  };

  it('OCPP-1.6-TX-14, OCPP-2.0.1-TX-15: starts, and says that the station promised', async () => {
    station.onRemoteStart = (request) => () =>
      station.start({ ...request, register: energy('10'), at: now() });
    await expect(start()).resolves.toMatchObject({ outcome: 'accepted' });
    await eventually(() => expect(rig.events('TransactionStarted')).toHaveLength(1));
    const [started] = rig.events('TransactionStarted');
    expect(started).toMatchObject({ token: { uid: 'REMOTE' } });
    expect(started?.remoteStartId).toBe(version === '1.6' ? undefined : 4711);
  });

  it('OCPP-1.6-TX-15, OCPP-2.0.1-TX-16: stops; Accepted is no end', async () => {
    const [transaction] = station.transactions;
    station.onRemoteStop = (running) => () =>
      running.stop({ register: energy('11'), at: now(), reason: 'Remote' });
    const commandId = newUuid();
    const { sessionId, transactionId } = rig.events('TransactionStarted')[0]!;
    await rig.order({
      type: 'StopCharging',
      data: { stationId, commandId, sessionId, transactionId, until: soon() },
    });
    await expect(outcome(commandId)).resolves.toMatchObject({ outcome: 'accepted' });
    await transaction?.whenOver();
    await eventually(() =>
      expect(rig.events('TransactionEnded')).toEqual([
        expect.objectContaining({ reason: 'Remote' }),
      ]),
    );
  });

  it('OCPP-2.0.1-TX-08: asks whether reports are still to come', async () => {
    const commandId = newUuid();
    const { sessionId, transactionId } = rig.events('TransactionStarted')[0]!;
    station.answer('GetTransactionStatus', () => ({
      ongoingIndicator: false,
      messagesInQueue: true,
    }));
    await rig.order({
      type: 'AskTransactionStatus',
      data: { stationId, commandId, sessionId, transactionId, until: soon() },
    });
    // 1.6 stations do not number their reports: there is no such question.
    if (version === '1.6')
      await expect(outcome(commandId)).resolves.toMatchObject({ outcome: 'error' });
    else
      await eventually(() =>
        expect(rig.events('OpenReportsTold')).toMatchObject([
          { commandId, sessionId, ongoing: false, messagesWaiting: true },
        ]),
      );
  });

  it('tells refusals, errors and silence apart', async () => {
    station.onRemoteStart = () => undefined;
    await expect(start()).resolves.toMatchObject({ outcome: 'rejected', detail: 'Rejected' });
    const action = version === '1.6' ? 'RemoteStartTransaction' : 'RequestStartTransaction';
    station.answer(action, () => Promise.reject(new Error('out of order')));
    await expect(start()).resolves.toMatchObject({ outcome: 'error', detail: 'InternalError' });
    station.answer(action, () => new Promise(() => undefined));
    await expect(start()).resolves.toMatchObject({ outcome: 'timeout' });
    station.answer(action, () => ({ status: 'Accepted' }));
  });

  it('OCPP-J-CMD-02: sends nothing late, and nothing that breaks the schema', async () => {
    await expect(start(instant('2026-01-01T00:00:00Z'))).resolves.toMatchObject({
      outcome: 'timeout',
    });
    const long = 'x'.repeat(40);
    await expect(start(soon(), long)).resolves.toMatchObject({ outcome: 'error' });
  });

  it('OCPP-J-CMD-02: a station that nobody holds is offline, at once', async () => {
    const commandId = newUuid();
    const data = {
      stationId: 'CS0002' as never,
      commandId,
      remoteStartId: 1,
      token: { uid: 'A', type: 'RFID' },
      until: soon(),
    } as const;
    await rig.order({ type: 'StartCharging', data });
    await expect(outcome(commandId)).resolves.toMatchObject({ outcome: 'offline' });
  });

  it('OCPP-J-CMD-01, CMD-03: an order that comes twice is sent once, and written down', async () => {
    let asked = 0;
    const action = version === '1.6' ? 'RemoteStartTransaction' : 'RequestStartTransaction';
    station.answer(action, () => {
      asked += 1;
      return { status: 'Accepted' };
    });
    const commandId = newUuid();
    const data = {
      stationId,
      commandId,
      remoteStartId: 1,
      token: { uid: 'TWICE', type: 'RFID' },
      until: soon(),
    } as const;
    await rig.order({ type: 'StartCharging', data });
    await rig.order({ type: 'StartCharging', data });
    await outcome(commandId);
    await start();
    expect(asked).toBe(2);
    const calls = await rig.api('GET', 'stations/CS0001/calls');
    expect((calls.body as { items: object[] }).items[0]).toMatchObject({ action, state: 'done' });
  });

  it('OCPP-J-BOOT-03, BOOT-04: a station that is not accepted is not told to charge', async () => {
    await rig.provideStation('CS0002', { registration: 'pending' });
    const pending = await rig.connected(version, { identity: 'CS0002' });
    expect(await pending.boot()).toBe('Pending');
    pending.answer('ClearCache', () => ({ status: 'Accepted' }));
    const clear = { action: 'ClearCache' };
    expect((await rig.api('POST', 'stations/CS0002/calls', clear)).status).toBe(200);
    const commandId = newUuid();
    const data = {
      stationId: 'CS0002' as never,
      commandId,
      remoteStartId: 1,
      token: { uid: 'A', type: 'RFID' },
      until: soon(),
    } as const;
    await rig.order({ type: 'StartCharging', data });
    await expect(outcome(commandId)).resolves.toMatchObject({ outcome: 'rejected' });
    await rig.provideStation('CS0002', { registration: 'rejected' });
    expect(await pending.boot()).toBe('Rejected');
    expect((await rig.api('POST', 'stations/CS0002/calls', clear)).body).toMatchObject({
      code: 'STATION_NOT_ACCEPTED',
    });
    await pending.close();
  });
});
