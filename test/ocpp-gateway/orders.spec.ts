import { energy, instant } from '@voltledger/kernel';
import { newUuid } from '@voltledger/platform';
import {
  type SimulatedStation,
  type TestDatabase,
  createTestDatabase,
  eventually,
} from '@voltledger/testing';
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

  it.each([
    ['STATION_OFFLINE', 409, 'CS0002', { action: 'ClearCache' }],
    ['STATION_UNKNOWN', 404, 'NOBODY', { action: 'ClearCache' }],
    ['ACTION_UNKNOWN', 422, 'CS0001', { action: 'Levitate' }],
    ['PAYLOAD_INVALID', 422, 'CS0001', { action: 'ClearCache', payload: { x: 1 } }],
    ['CALL_REFUSED', 502, 'CS0001', { action: 'ClearCache' }],
  ])('a call that cannot be made or is refused is %s', async (code, status, identity, body) => {
    const answer = await rig.api('POST', `stations/${identity}/calls`, body);
    expect([answer.status, answer.body]).toEqual([status, expect.objectContaining({ code })]);
  });

  it('a call that is not answered, or not by the schema, is told as such', async () => {
    station.answer('ClearCache', () => new Promise(() => undefined));
    const silent = await rig.api('POST', 'stations/CS0001/calls', { action: 'ClearCache' });
    expect([silent.status, silent.body]).toEqual([
      504,
      expect.objectContaining({ code: 'CALL_TIMED_OUT' }),
    ]);
    station.answer('ClearCache', () => ({ status: 'Perhaps' }));
    const odd = await rig.api('POST', 'stations/CS0001/calls', { action: 'ClearCache' });
    expect([odd.status, odd.body]).toEqual([
      502,
      expect.objectContaining({ code: 'ANSWER_INVALID' }),
    ]);
  });

  it('OCPP-J-SEC-11: a password the station takes counts from its next connection on, and shows nowhere', async () => {
    const password = 'another-password-1';
    const call =
      version === '1.6'
        ? { action: 'ChangeConfiguration', payload: { key: 'AuthorizationKey', value: password } }
        : {
            action: 'SetVariables',
            payload: {
              setVariableData: [
                {
                  attributeValue: password,
                  component: { name: 'SecurityCtrlr' },
                  variable: { name: 'BasicAuthPassword' },
                },
              ],
            },
          };
    station.answer('ChangeConfiguration', () => ({ status: 'Accepted' }));
    station.answer('SetVariables', ({ setVariableData }) => {
      const [{ component, variable }] = setVariableData as [
        { component: object; variable: object },
      ];
      return { setVariableResult: [{ attributeStatus: 'Accepted', component, variable }] };
    });
    expect((await rig.api('POST', 'stations/CS0001/calls', call)).status).toBe(200);
    const kept = await rig.api('GET', 'stations/CS0001/calls');
    expect(JSON.stringify(kept.body)).not.toContain(password);
    await expect(rig.connected(version)).rejects.toThrow('HTTP 401');
    station = await rig.station(version, { password });
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
    const at = now();
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
