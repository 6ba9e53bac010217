import * as fc from 'fast-check';
import { readFrame } from './frame';
import { NESTING_MAX, nestingOf, parseJson } from './json-text';

describe('reading a frame', () => {
  it('OCPP-J-RPC-01: knows CALL, CALLRESULT and CALLERROR', () => {
    expect(readFrame('[2,"1","Heartbeat",{}]')).toEqual({
      kind: 'call',
      id: '1',
      action: 'Heartbeat',
      payload: {},
    });
    expect(readFrame('[3,"1",{"a":1}]')).toEqual({ kind: 'result', id: '1', payload: { a: 1 } });
    expect(readFrame('[4,"1","NotImplemented","no",{"b":2}]')).toEqual({
      kind: 'error',
      id: '1',
      code: 'NotImplemented',
      description: 'no',
      details: { b: 2 },
    });
  });

  it('OCPP-J-RPC-02: takes ids that are empty or long as they are', () => {
    expect(readFrame('[2,"","Heartbeat",{}]')).toMatchObject({ kind: 'call', id: '' });
    const id = 'x'.repeat(300);
    expect(readFrame(JSON.stringify([2, id, 'Heartbeat', {}]))).toMatchObject({ id });
  });

  it.each([
    ['{', undefined],
    ['{"a":1}', undefined],
    ['"text"', undefined],
    ['[]', undefined],
    ['[2]', undefined],
    ['[2,"id"]', 'id'],
    ['[2,"id","Heartbeat"]', 'id'],
    ['[2,"id","Heartbeat",{},{}]', 'id'],
    ['[2,5,"Heartbeat",{}]', undefined],
    ['[2,"id",7,{}]', 'id'],
    ['["2","id","Heartbeat",{}]', 'id'],
  ])('OCPP-J-RPC-04: %s is unreadable, with the id where there is one', (text, id) => {
    const frame = readFrame(text);
    expect(frame.kind).toBe('unreadable');
    expect(frame).toEqual(
      id === undefined ? expect.not.objectContaining({ id }) : expect.objectContaining({ id }),
    );
  });

  it.each(['[9,"1"]', '[5,"1","X","",{}]', '[6,"1","NotifyPeriodicEventStream",{}]', '', '  \n'])(
    'OCPP-J-RPC-05, RPC-24: %j is ignored',
    (text) => expect(readFrame(text).kind).toBe('ignored'),
  );

  it.each(['[3]', '[3,"1"]', '[3,1,{}]', '[3,"1",{},{}]', '[4]', '[4,7,"X","",{}]'])(
    'OCPP-J-RPC-03: %s is an answer, however broken, and gets none',
    (text) => expect(readFrame(text).kind).toBe('ignored'),
  );

  it('OCPP-J-RPC-10: an error of any spelling and shape ends the call it names', () => {
    expect(readFrame('[4,"1","OccurenceConstraintViolation"]')).toMatchObject({
      kind: 'error',
      code: 'OccurenceConstraintViolation',
    });
    expect(readFrame('[4,"1",null,null,null]')).toMatchObject({ kind: 'error', code: '' });
  });

  it('OCPP-J-RPC-23: refuses what nests too deep, without recursing', () => {
    const deep = `[2,"1","Heartbeat",${'['.repeat(200_000)}`;
    expect(readFrame(deep)).toMatchObject({ kind: 'unreadable' });
    expect(nestingOf(`{"a":"[[[[{{{{"}`)).toBe(1);
    expect(nestingOf('["\\"[[",[1]]')).toBe(2);
    const deepest = '['.repeat(NESTING_MAX - 1) + ']'.repeat(NESTING_MAX - 1);
    expect(readFrame(`[2,"1","Heartbeat",${deepest}]`).kind).toBe('call');
  });

  it('OCPP-J-RPC-25: prototype names are plain names', () => {
    const frame = readFrame('[2,"1","__proto__",{"__proto__":{"polluted":true}}]');
    expect(frame).toMatchObject({ kind: 'call', action: '__proto__' });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('OCPP-J-RPC-23: no text whatever throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), (text) => {
        expect(typeof readFrame(text).kind).toBe('string');
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 6 }), (message) => {
        expect(typeof readFrame(JSON.stringify(message)).kind).toBe('string');
      }),
    );
  });
});

describe('reading JSON', () => {
  it('OCPP-J-RPC-27: numbers print as they were written', () => {
    const [value] = parseJson('[0.15005000000000002]') as [number];
    expect(String(value)).toBe('0.15005000000000002');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999_999_999 }), fc.nat(6), (digits, scale) => {
        const written = String(digits).padStart(scale + 1, '0');
        const text = scale ? `${written.slice(0, -scale)}.${written.slice(-scale)}` : written;
        const [read] = parseJson(`[${text}]`) as [number];
        expect(Number(text)).toBe(read);
        expect(String(read)).toBe(String(Number(text)));
      }),
    );
  });

  it('makes what no database can store storable, and leaves the rest alone', () => {
    expect(parseJson('["a\\u0000b","\\ud800","\\ud83d\\ude00",{"k\\u0000":1}]')).toEqual([
      'a\ufffdb',
      '\ufffd',
      '😀',
      { 'k\ufffd': 1 },
    ]);
  });
});
