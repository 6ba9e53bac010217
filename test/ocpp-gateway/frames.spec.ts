import { type SimulatedStation } from '@voltledger/testing';
import * as fc from 'fast-check';
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
});
