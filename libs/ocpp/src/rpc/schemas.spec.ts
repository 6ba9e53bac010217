import { ocppVersions } from '../index';
import { errorText, unreadableText } from './answers';
import { RpcFault } from './error-codes';

const old = ocppVersions.get('ocpp1.6')!;
const recent = ocppVersions.get('ocpp2.0.1')!;

const start = {
  connectorId: 1,
  idTag: 'ABC',
  meterStart: 100,
  timestamp: '2026-03-05T11:00:00Z',
};
const boot = { chargingStation: { model: 'M', vendorName: 'V' }, reason: 'PowerUp' };

describe('checking a payload', () => {
  it('knows every action of the version', () => {
    expect(old.schemas.actions.size).toBe(39);
    expect(recent.schemas.actions.size).toBe(64);
  });

  it('OCPP-J-RPC-07: lets the official examples of a payload pass', () => {
    expect(old.schemas.checkRequest('StartTransaction', start)).toBeUndefined();
    expect(recent.schemas.checkRequest('BootNotification', boot)).toBeUndefined();
  });

  it.each([
    ['a missing property', { ...start, idTag: undefined }, 'occurrence', '/idTag', 'required'],
    ['a wrong type', { ...start, connectorId: '1' }, 'type', '/connectorId', 'type'],
    ['a fraction for an integer', { ...start, meterStart: 1.5 }, 'type', '/meterStart', 'type'],
    ['a text too long', { ...start, idTag: 'x'.repeat(21) }, 'property', '/idTag', 'maxLength'],
    ['a bad time', { ...start, timestamp: 'yesterday' }, 'property', '/timestamp', 'format'],
    [
      'an impossible day',
      { ...start, timestamp: '2026-02-30T00:00:00Z' },
      'property',
      '/timestamp',
      'format',
    ],
    [
      'an unknown property',
      { ...start, colour: 'red' },
      'format',
      '/colour',
      'additionalProperties',
    ],
    ['a list for an object', [], 'format', '', 'type'],
    ['null', null, 'format', '', 'type'],
    ['a text', 'x', 'format', '', 'type'],
  ])('OCPP-J-RPC-09 (1.6): %s', (_title, payload, fault, path, rule) => {
    const json: unknown = JSON.parse(JSON.stringify(payload));
    const violation = old.schemas.checkRequest('StartTransaction', json);
    expect(violation).toMatchObject({ fault, details: { path, rule } });
  });

  it.each([
    ['an enum value', { ...boot, reason: 'Boredom' }, 'property', '/reason', 'enum'],
    [
      'a nested missing property',
      { ...boot, chargingStation: { model: 'M' } },
      'occurrence',
      '/chargingStation/vendorName',
      'required',
    ],
    [
      'an unknown nested property',
      { ...boot, chargingStation: { ...boot.chargingStation, colour: 1 } },
      'format',
      '/chargingStation/colour',
      'additionalProperties',
    ],
  ])('OCPP-J-RPC-09 (2.0.1): %s', (_title, payload, fault, path, rule) => {
    const violation = recent.schemas.checkRequest('BootNotification', payload);
    expect(violation).toMatchObject({ fault, details: { path, rule } });
  });

  it('OCPP-J-RPC-09: an empty list where one is needed is an occurrence fault', () => {
    expect(recent.schemas.checkRequest('MeterValues', { evseId: 1, meterValue: [] })).toMatchObject(
      { fault: 'occurrence', details: { path: '/meterValue', rule: 'minItems' } },
    );
  });

  it('OCPP-J-RPC-08: customData is free form, and nothing is changed', () => {
    const payload = { ...boot, customData: { vendorId: 'x', deep: { anything: [1, '2'] } } };
    const before = JSON.stringify(payload);
    expect(recent.schemas.checkRequest('BootNotification', payload)).toBeUndefined();
    expect(JSON.stringify(payload)).toBe(before);
  });

  it('OCPP-J-RPC-25: a property called __proto__ is an unknown property', () => {
    const payload: unknown = JSON.parse('{"__proto__":{"connectorId":1}}');
    expect(old.schemas.checkRequest('Heartbeat', payload)).toMatchObject({ fault: 'format' });
    expect(old.schemas.actions.has('__proto__')).toBe(false);
    expect(old.schemas.actions.has('constructor')).toBe(false);
  });

  it('OCPP-J-RPC-26: reads times with any offset, any fraction, or no zone', () => {
    for (const timestamp of [
      '2026-03-05T11:00:00+02:00',
      '2026-03-05T11:00:00.123456789Z',
      '2026-03-05T11:00:00',
    ])
      expect(old.schemas.checkRequest('StartTransaction', { ...start, timestamp })).toBeUndefined();
  });

  it('OCPP-J-BOOT-09: takes an unset clock for what it is, but no year nobody can store', () => {
    const check = (timestamp: string) =>
      old.schemas.checkRequest('StartTransaction', { ...start, timestamp });
    expect(check('1970-01-01T00:00:00Z')).toBeUndefined();
    expect(check('0001-01-01T00:00:00Z')).toBeUndefined();
    for (const timestamp of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-02:00'])
      expect(check(timestamp)).toMatchObject({ fault: 'property' });
  });

  it('accepts tenths where the schema asks for tenths, in spite of binary floats', () => {
    const limit = { startPeriod: 0, limit: 16.1 };
    const chargingProfile = {
      chargingProfileId: 1,
      stackLevel: 0,
      chargingProfilePurpose: 'TxProfile',
      chargingProfileKind: 'Relative',
      chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: [limit] },
    };
    const payload = { idTag: 'A', chargingProfile };
    expect(old.schemas.checkRequest('RemoteStartTransaction', payload)).toBeUndefined();
  });
});

describe('answering with an error', () => {
  const written = (text: string) => JSON.parse(text) as unknown[];

  it.each([
    ['format', 'FormationViolation', 'FormatViolation'],
    ['occurrence', 'OccurenceConstraintViolation', 'OccurrenceConstraintViolation'],
    ['type', 'TypeConstraintViolation', 'TypeConstraintViolation'],
    ['property', 'PropertyConstraintViolation', 'PropertyConstraintViolation'],
    ['framework', 'GenericError', 'RpcFrameworkError'],
    ['internal', 'InternalError', 'InternalError'],
  ] as const)('OCPP-J-RPC-10: %s is %s in 1.6 and %s in 2.0.1', (fault, in16, in201) => {
    const problem = new RpcFault(fault, 'why');
    expect(written(errorText(old.dialect, 'x', problem))).toEqual([4, 'x', in16, 'why', {}]);
    expect(written(errorText(recent.dialect, 'x', problem))).toEqual([4, 'x', in201, 'why', {}]);
  });

  it('OCPP-J-RPC-04: an unreadable frame is answered by the rule of its version', () => {
    expect(written(unreadableText(old.dialect, undefined, 'no'))).toEqual([
      4,
      '-1',
      'GenericError',
      'no',
      {},
    ]);
    expect(written(unreadableText(old.dialect, 'i', 'no'))).toEqual([
      4,
      'i',
      'FormationViolation',
      'no',
      {},
    ]);
    expect(written(unreadableText(recent.dialect, 'i', 'no'))).toEqual([
      4,
      'i',
      'RpcFrameworkError',
      'no',
      {},
    ]);
  });

  it('OCPP-J-RPC-11: tells path and rule, never the value, in at most 255 characters', () => {
    const secret = 'SECRET-TOKEN-OF-A-DRIVER';
    const violation = old.schemas.checkRequest('StartTransaction', { ...start, idTag: secret })!;
    const text = errorText(old.dialect, 'x', violation);
    expect(text).not.toContain(secret);
    expect(text).toContain('"path":"/idTag"');
    const long = errorText(old.dialect, 'x', new RpcFault('generic', 'y'.repeat(500)));
    expect((written(long)[3] as string).length).toBe(255);
  });
});
