import { energy, instant } from '@voltledger/kernel';
import { type SimulatedStation, eventually } from '@voltledger/testing';
import { exchange, heartbeat } from './frame-exchange';
import { GatewayRig } from './gateway-rig';

describe.each([
  [
    '1.6',
    {
      framework: 'GenericError',
      withId: 'FormationViolation',
      occurrence: 'OccurenceConstraintViolation',
      format: 'FormationViolation',
    },
  ],
  [
    '2.0.1',
    {
      framework: 'RpcFrameworkError',
      withId: 'RpcFrameworkError',
      occurrence: 'OccurrenceConstraintViolation',
      format: 'FormatViolation',
    },
  ],
] as const)('calls of an OCPP %s station', (version, codes) => {
  let rig: GatewayRig;
  let station: SimulatedStation;

  beforeAll(async () => {
    rig = await GatewayRig.start({ environment: { OCPP_FRAME_BYTES_MAX: '65536' } });
    await rig.provide(2);
    station = await rig.station(version);
  });

  afterAll(() => rig.close());

  it('OCPP-J-RPC-13: answers pipelined calls in the order they came, however slow the first', async () => {
    rig.verdicts.set('SLOW', 'silent');
    const idToken =
      version === '1.6' ? { idTag: 'SLOW' } : { idToken: { idToken: 'SLOW', type: 'ISO14443' } };
    const slow = JSON.stringify([2, 'slow', 'Authorize', idToken]);
    const frames = await exchange(station, 3, slow, heartbeat('h1'), heartbeat('h2'));
    expect(frames.map(([, id]) => id)).toEqual(['slow', 'h1', 'h2']);
  });

  it('OCPP-J-RPC-14: reads and answers calls while a command waits for its answer', async () => {
    let answer: ((payload: object) => void) | undefined;
    station.answer('Reset', () => new Promise((resolve) => (answer = resolve)));
    const type = version === '1.6' ? 'Soft' : 'Immediate';
    const asked = rig.api('POST', 'stations/CS0001/calls', { action: 'Reset', payload: { type } });
    await eventually(() => expect(answer).toBeDefined());
    await station.heartbeat();
    answer?.({ status: 'Accepted' });
    await expect(asked).resolves.toMatchObject({
      status: 200,
      body: { answer: { status: 'Accepted' } },
    });
  });

  it('OCPP-J-RPC-19: the same call again, with its id, gets the recorded answer and has no effect', async () => {
    const vendorData = '[2,"again","DataTransfer",{"vendorId":"acme"}]';
    const before = await exchange(station, 1, vendorData);
    const other = await rig.connected(version);
    other.answer('Reset', () => ({ status: 'Accepted' }));
    const after = await exchange(other, 1, vendorData);
    expect(after).toEqual(before);
    station = other;
  });

  it('OCPP-J-RPC-20: an id in work with other content is an error, and the first gets its answer', async () => {
    rig.verdicts.set('SLOW', 'silent');
    const idToken =
      version === '1.6' ? { idTag: 'SLOW' } : { idToken: { idToken: 'SLOW', type: 'ISO14443' } };
    const slow = JSON.stringify([2, 'same', 'Authorize', idToken]);
    const frames = await exchange(station, 2, slow, heartbeat('same'));
    expect(frames.map(([type, , code]) => [type, type === 4 && code])).toEqual([
      [3, false],
      [4, codes.framework],
    ]);
  });

  it('OCPP-J-CONN-12: answers pings while a handler is busy', async () => {
    rig.verdicts.set('SLOW', 'silent');
    const busy = station.authorize({ uid: 'SLOW' });
    await station.wire.ping();
    await busy;
  });

  it('OCPP-J-RPC-27, 1.6-MV-01: a reading keeps its digits', async () => {
    const at = instant(new Date().toISOString());
    const transaction = await station.start({
      token: { uid: 'DIGITS' },
      register: energy('1'),
      at,
    });
    await transaction.meter({ register: energy('1.234567'), at });
    await eventually(() =>
      expect(rig.events('TransactionUpdated')).toContainEqual(
        expect.objectContaining({ readings: [expect.objectContaining({ register: 1_234_567 })] }),
      ),
    );
  });
});
