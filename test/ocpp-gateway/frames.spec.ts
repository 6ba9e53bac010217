import { energy, instant } from '@voltledger/kernel';
import { type SimulatedStation, eventually } from '@voltledger/testing';
import * as fc from 'fast-check';
import { GatewayRig } from './gateway-rig';

type Frame = [number, string, ...unknown[]];

/** Sends texts and gives the frames that come back, in order. */
async function exchange(station: SimulatedStation, count: number, ...texts: (string | Buffer)[]) {
  const { wire } = station;
  wire.received.length = 0;
  wire.recording = true;
  for (const text of texts) wire.send(text);
  await eventually(() => expect(wire.received.length).toBeGreaterThanOrEqual(count));
  return wire.received.map((text) => JSON.parse(text) as Frame);
}

const heartbeat = (id: string) => `[2,"${id}","Heartbeat",{}]`;

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
] as const)('frames of an OCPP %s station', (version, codes) => {
  let rig: GatewayRig;
  let station: SimulatedStation;

  beforeAll(async () => {
    rig = await GatewayRig.start({ environment: { OCPP_FRAME_BYTES_MAX: '65536' } });
    await rig.provide(2);
    station = await rig.station(version);
  });

  afterAll(() => rig.close());

  it('OCPP-J-RPC-02: answers each call once, with its id as it came', async () => {
    const long = 'i'.repeat(100);
    const frames = await exchange(station, 3, heartbeat(''), heartbeat(long), heartbeat('x'));
    expect(frames.map(([type, id]) => [type, id])).toEqual([
      [3, ''],
      [3, long],
      [3, 'x'],
    ]);
  });

  it('OCPP-J-RPC-04: survives what is no frame, and says so by the rule of the version', async () => {
    const frames = await exchange(station, 4, 'nonsense', '{}', '[2,"id"]', heartbeat('after'));
    expect(frames.map(([type, id, code]) => [type, id, code])).toEqual([
      [4, '-1', codes.framework],
      [4, '-1', codes.framework],
      [4, 'id', codes.withId],
      [3, 'after', expect.anything()],
    ]);
  });

  it('OCPP-J-RPC-03, RPC-05, RPC-17, RPC-24: ignores what wants no answer', async () => {
    const frames = await exchange(
      station,
      1,
      '',
      '[9,"x"]',
      '[3,"nobody-asked",{}]',
      '[4,"nobody-asked","GenericError","",{}]',
      '[3]',
      heartbeat('last'),
    );
    expect(frames).toHaveLength(1);
  });

  it('OCPP-J-RPC-06: tells unknown from unserved actions, before it looks at the payload', async () => {
    const [unknown, csmsOnly] = await exchange(
      station,
      2,
      '[2,"a","Levitate",{"x":1}]',
      '[2,"b","Reset",{"nonsense":1}]',
    );
    expect(unknown?.[2]).toBe('NotImplemented');
    expect(csmsOnly?.[2]).toBe('NotSupported');
  });

  it('OCPP-J-RPC-09, RPC-10, RPC-11: names path and rule of a violation, never the value', async () => {
    const [missing, unknown] = await exchange(
      station,
      2,
      '[2,"a","BootNotification",{}]',
      '[2,"b","Heartbeat",{"secret":"TOKEN-123"}]',
    );
    expect(missing?.[2]).toBe(codes.occurrence);
    expect(missing?.[4]).toMatchObject({ rule: 'required' });
    expect(unknown?.[2]).toBe(codes.format);
    expect(JSON.stringify(unknown)).not.toContain('TOKEN-123');
  });

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

  it('OCPP-J-RPC-25: prototype names do nothing', async () => {
    const frames = await exchange(
      station,
      2,
      '[2,"a","__proto__",{}]',
      '[2,"b","constructor",{"__proto__":{"x":1}}]',
    );
    expect(frames.map(([, , code]) => code)).toEqual(['NotImplemented', 'NotImplemented']);
  });

  it('OCPP-J-DT-01: a vendor nobody knows is told so in a result', async () => {
    const [frame] = await exchange(station, 1, '[2,"dt","DataTransfer",{"vendorId":"acme"}]');
    expect(frame).toEqual([3, 'dt', { status: 'UnknownVendorId' }]);
  });

  it('keeps characters no database takes from stopping a report', async () => {
    const timestamp = new Date().toISOString();
    const text =
      version === '1.6'
        ? `[2,"nul","StartTransaction",{"connectorId":1,"idTag":"A\\u0000\\ud800","meterStart":1,"timestamp":"${timestamp}"}]`
        : `[2,"nul","TransactionEvent",{"eventType":"Started","timestamp":"${timestamp}","triggerReason":"Authorized","seqNo":0,"transactionInfo":{"transactionId":"t\\u0000"}}]`;
    const [frame] = await exchange(station, 1, text);
    expect(frame?.[0]).toBe(3);
  });

  it('OCPP-J-RPC-24: a binary message closes with 1003', async () => {
    const other = await rig.connected(version, { identity: 'CS0002' });
    const closed = other.wire.closed();
    other.wire.send(Buffer.from(heartbeat('b')));
    await expect(closed).resolves.toBe(1003);
  });

  it('OCPP-J-RPC-23: a message over the limit closes with 1009, also as a compressed bomb', async () => {
    for (const compression of [false, true]) {
      const other = await rig.connected(version, { identity: 'CS0002', compression });
      const closed = other.wire.closed();
      other.wire.send(`[2,"x","Heartbeat",{"a":"${'a'.repeat(100_000)}"}]`);
      await expect(closed).resolves.toBe(1009);
    }
  });

  it('OCPP-J-RPC-23: no frame whatever ends the process or the connection', async () => {
    const actions = [
      'Heartbeat',
      'BootNotification',
      'Authorize',
      'MeterValues',
      'StatusNotification',
      'StartTransaction',
      'StopTransaction',
      'TransactionEvent',
      'NotifyEvent',
      'Reset',
    ];
    const call = fc
      .tuple(fc.string(), fc.oneof(fc.constantFrom(...actions), fc.string()), fc.jsonValue())
      .map(([id, action, payload]) => JSON.stringify([2, id, action, payload]));
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      call,
      fc.array(fc.jsonValue()).map((each) => JSON.stringify(each)),
    );
    const other = await rig.station(version, { identity: 'CS0002' });
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { maxLength: 10 }), async (texts) => {
        for (const text of texts) other.wire.send(text);
        await other.heartbeat();
      }),
      { numRuns: 60 },
    );
    const { status } = await rig.api('GET', 'stations');
    expect(status).toBe(200);
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
