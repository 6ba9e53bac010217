import * as fc from 'fast-check';
import { basicPassword, offeredSubprotocols, peerOf, requestedIdentity } from './upgrade-request';

const identity = (url: string) => requestedIdentity(url, '/ocpp');

describe('what a station asks for when it connects', () => {
  it('OCPP-J-CONN-01, CONN-03: the identity stands behind the base path, decoded once', () => {
    expect(identity('/ocpp/CS1')).toEqual({ kind: 'identity', identity: 'CS1' });
    expect(identity('/ocpp/CS1/?x=/y')).toEqual({ kind: 'identity', identity: 'CS1' });
    expect(identity('/ocpp/a%2Fb%20c%23%3A%C3%A4')).toEqual({
      kind: 'identity',
      identity: 'a/b c#:ä',
    });
    expect(identity('/ocpp/%2541')).toEqual({ kind: 'identity', identity: '%41' });
  });

  it('OCPP-J-CONN-02: nothing malformed is an identity', () => {
    for (const url of ['/ocpp/%E0%A4%A', '/ocpp/%', '/ocpp/%0A', `/ocpp/${'x'.repeat(256)}`])
      expect(identity(url)).toEqual({ kind: 'malformed' });
    for (const url of ['', '/', '/ocpp', '/ocpp/', '/ocpp//', '/ocpp/a/b', '/ocppX/CS1'])
      expect(identity(url)).toEqual({ kind: 'elsewhere' });
  });

  it('every identity survives its encoding, and no URL throws', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }), (name) => {
        expect(identity(`/ocpp/${encodeURIComponent(name)}`)).toEqual({
          kind: 'identity',
          identity: name,
        });
      }),
    );
    fc.assert(fc.property(fc.string(), (url) => expect(typeof identity(url).kind).toBe('string')));
  });

  it('OCPP-J-SEC-02, SEC-03: the password stands behind identity and colon, byte for byte', () => {
    const header = (text: string | Buffer) => `Basic ${Buffer.from(text).toString('base64')}`;
    expect(basicPassword(header('CS1:secret:with:colons'), 'CS1')?.toString()).toBe(
      'secret:with:colons',
    );
    expect(basicPassword(header('a:b:secret'), 'a:b')?.toString()).toBe('secret');
    expect(basicPassword(header('CS2:secret'), 'CS1')).toBeUndefined();
    expect(basicPassword(header('cs1:secret'), 'CS1')).toBeUndefined();
    expect(basicPassword(undefined, 'CS1')).toBeUndefined();
    expect(basicPassword('Bearer x', 'CS1')).toBeUndefined();
    expect(basicPassword(header(Buffer.from([67, 83, 49, 58, 0, 255])), 'CS1')).toEqual(
      Buffer.from([0, 255]),
    );
  });

  it('OCPP-J-CONN-05: reads what is offered', () => {
    expect(offeredSubprotocols('ocpp2.0.1, ocpp1.6,,x')).toEqual(['ocpp2.0.1', 'ocpp1.6', 'x']);
    expect(offeredSubprotocols(undefined)).toEqual([]);
  });

  it('believes a proxy only where that is wanted', () => {
    const request = {
      headers: { 'x-forwarded-for': '9.9.9.9, 10.0.0.1', 'x-forwarded-proto': 'https' },
    };
    const socket = { remoteAddress: '10.0.0.1' } as never;
    expect(peerOf(request, socket, true)).toEqual({ address: '9.9.9.9', encrypted: true });
    expect(peerOf(request, socket, false)).toEqual({ address: '10.0.0.1', encrypted: false });
  });
});
