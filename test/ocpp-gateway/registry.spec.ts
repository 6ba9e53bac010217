import { eventually, sampleLocation } from '@voltledger/testing';
import { GatewayRig, PASSWORD } from './gateway-rig';

describe('stations and locations', () => {
  let rig: GatewayRig;

  beforeAll(async () => {
    rig = await GatewayRig.start();
    await rig.provide(2);
  });

  afterAll(() => rig.close());

  const location = () => {
    const { locationId: _id, updatedAt: _at, ...body } = sampleLocation(2);
    return body;
  };
  const changes = () =>
    rig.told.flatMap(({ event }) => (event.type === 'LocationChanged' ? [event.data] : []));

  it('publishes a location whole, and shows it as published', async () => {
    await eventually(() => expect(changes()).toHaveLength(1));
    const shown = await rig.api('GET', 'locations/HARBOUR');
    expect(changes()[0]).toEqual({ location: shown.body });
    expect(shown.body).toMatchObject({ evses: [{ evseUid: 'EVSE-0001', status: 'UNKNOWN' }, {}] });
    const list = await rig.api('GET', 'locations?limit=1');
    expect(list.body).toMatchObject({ items: [{ locationId: 'HARBOUR' }] });
  });

  it('an EVSE that is left out is removed, never forgotten', async () => {
    const body = location();
    const { status, body: saved } = await rig.api('PUT', 'locations/HARBOUR', {
      ...body,
      evses: body.evses.slice(0, 1),
    });
    expect(status).toBe(200);
    expect(saved).toMatchObject({
      evses: [{ status: 'UNKNOWN' }, { evseUid: 'EVSE-0002', status: 'REMOVED' }],
    });
    await rig.api('PUT', 'locations/HARBOUR', body);
  });

  it('refuses two EVSEs for one number of a station, and EVSEs of others', async () => {
    const body = location();
    const [first] = body.evses;
    const twice = { ...body, evses: [first, { ...first, evseUid: 'OTHER' }] };
    expect((await rig.api('PUT', 'locations/HARBOUR', twice)).body).toMatchObject({
      code: 'STATION_EVSE_TAKEN',
    });
    expect((await rig.api('PUT', 'locations/STATION', body)).body).toMatchObject({
      code: 'EVSE_ELSEWHERE',
    });
    expect((await rig.api('GET', 'locations/NOWHERE')).status).toBe(404);
  });

  it('OCPP-J-STAT-01, STAT-02, STAT-03: the public status follows the newest word, by one rule', async () => {
    const station = await rig.station('1.6');
    const statuses = () =>
      rig.told.flatMap(({ event }) => (event.type === 'EvseStatusChanged' ? [event.data] : []));
    const report = (status: string, timestamp?: string, connectorId = 1) =>
      station.wire.call('StatusNotification', {
        connectorId,
        status,
        errorCode: 'NoError',
        ...(timestamp && { timestamp }),
      });
    await report('Available');
    await eventually(() => expect(statuses().at(-1)).toMatchObject({ status: 'AVAILABLE' }));
    await report('Preparing');
    await report('Charging');
    await report('Finishing');
    await eventually(() => expect(statuses().at(-1)).toMatchObject({ status: 'CHARGING' }));
    const flaps = statuses().filter((each) => (each as { status: string }).status === 'CHARGING');
    expect(flaps).toHaveLength(1);
    await report('Available', '2026-01-01T00:00:00Z');
    await report('Unavailable', undefined, 0);
    await eventually(() => expect(statuses().at(-1)).toMatchObject({ status: 'INOPERATIVE' }));
    await report('Available', undefined, 0);
    await eventually(() => expect(statuses().at(-1)).toMatchObject({ status: 'CHARGING' }));
    await report('Charging', undefined, 77);
    const { body } = await rig.api('GET', 'stations/CS0001');
    expect(body).toMatchObject({
      connection: { online: true, subprotocol: 'ocpp1.6' },
      boot: { answered: 'accepted', told: { vendor: 'Voltledger', model: 'Simulated 1.6' } },
      connectors: [{ evse: 0 }, { evse: 1, reported: 'Finishing' }, { evse: 77 }],
    });
    expect(rig.events('ConnectorStatusReported')).toContainEqual(
      expect.objectContaining({ reported: 'Charging', chargingState: 'Charging', stationEvse: 1 }),
    );
    await station.close();
  });

  it('OCPP-2.0.1-DM-02, MON-02, J-SEC-13: keeps the device model and notices', async () => {
    const station = await rig.station('2.0.1', { identity: 'CS0002' });
    const generatedAt = new Date().toISOString();
    const variable = (value: string) => ({
      component: { name: 'OCPPCommCtrlr' },
      variable: { name: 'HeartbeatInterval' },
      variableAttribute: [{ value }],
    });
    await station.wire.call('NotifyReport', {
      requestId: 1,
      generatedAt,
      seqNo: 0,
      tbc: true,
      reportData: [variable('60')],
    });
    await station.wire.call('NotifyReport', {
      requestId: 1,
      generatedAt,
      seqNo: 1,
      reportData: [variable('61')],
    });
    await station.wire.call('SecurityEventNotification', {
      type: 'TamperDetectionActivated',
      timestamp: generatedAt,
    });
    const variables = await rig.api('GET', 'stations/CS0002/variables');
    expect(variables.body).toMatchObject({
      items: [{ variable: 'HeartbeatInterval', told: { variableAttribute: [{ value: '61' }] } }],
    });
    const notices = await rig.api('GET', 'stations/CS0002/notices?limit=2');
    expect(notices.body).toMatchObject({
      items: [{ action: 'SecurityEventNotification' }, { action: 'NotifyReport' }],
      next: expect.any(String),
    });
    await station.close();
  });

  it.each([
    [{ password: 'short' }, 'password'],
    [{ password: PASSWORD, securityProfile: 9 }, 'securityProfile'],
    [{ password: PASSWORD, subprotocols: ['ocpp9'] }, 'subprotocols[0]'],
    [{ password: PASSWORD, colour: 'red' }, 'colour'],
  ])('names the field of a station that is wrong: %j', async (body, field) => {
    const { status, body: problem } = await rig.api('PUT', 'stations/WRONG', body);
    expect(status).toBe(400);
    expect(JSON.stringify(problem)).toContain(field);
  });

  it('a new station needs a password, and profile 0 must be allowed first', async () => {
    expect((await rig.api('PUT', 'stations/NEW', {})).body).toMatchObject({
      code: 'PASSWORD_MISSING',
    });
    expect((await rig.api('PUT', 'stations/NEW', { securityProfile: 0 })).body).toMatchObject({
      code: 'AUTHENTICATION_REQUIRED',
    });
    expect((await rig.api('GET', 'stations/NEW')).status).toBe(404);
  });

  it('a station that is removed is cut off and let in no more', async () => {
    await rig.provideStation('GOES');
    const station = await rig.station('1.6', { identity: 'GOES' });
    const closed = station.wire.closed();
    expect((await rig.api('DELETE', 'stations/GOES')).status).toBe(204);
    await expect(closed).resolves.toBe(1008);
    await expect(rig.connected('1.6', { identity: 'GOES' })).rejects.toThrow('HTTP 404');
    expect((await rig.api('DELETE', 'stations/GOES')).status).toBe(404);
  });
});
