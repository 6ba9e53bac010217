import { type SimulatedStation } from '@voltledger/testing';
import { GatewayRig } from './gateway-rig';

describe.each(['1.6', '2.0.1'] as const)('calls to an OCPP %s station', (version) => {
  let rig: GatewayRig;
  let station: SimulatedStation;

  beforeAll(async () => {
    rig = await GatewayRig.start({ environment: { OCPP_CALL_TIMEOUT_SECONDS: '1' } });
    await rig.provide(2);
    station = await rig.station(version);
  });

  afterAll(() => rig.close());

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
});
