import { eventually } from '@voltledger/testing';
import { WebSocket } from 'ws';
import { GatewayRig, PASSWORD } from './gateway-rig';

/** The HTTP status of a refused upgrade; 101 for one that was let in. */
function upgrade(url: string, protocols: string[] = ['ocpp1.6'], auth?: string): Promise<number> {
  const socket = new WebSocket(url, protocols, auth === undefined ? {} : { auth });
  return new Promise((resolve) => {
    socket.on('error', () => undefined);
    socket.on('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
  });
}

describe('letting stations in', () => {
  let rig: GatewayRig;

  beforeAll(async () => {
    rig = await GatewayRig.start({ environment: { OCPP_ALLOW_UNAUTHENTICATED: 'true' } });
    await rig.provide(2);
  });

  afterAll(() => rig.close());

  it.each([
    ['/ocpp/%E0%A4%A', 400],
    ['/ocpp/%00', 400],
    [`/ocpp/${'x'.repeat(256)}`, 400],
    ['/ocpp/', 404],
    ['/ocpp', 404],
    ['/', 404],
    ['/ocpp/a/b', 404],
    ['/elsewhere/CS0001', 404],
  ])('OCPP-J-CONN-02: %s is refused with %s', async (path, status) => {
    const base = rig.ocppUrl.replace(/\/ocpp$/, '');
    await expect(upgrade(base + path, ['ocpp1.6'], `CS0001:${PASSWORD}`)).resolves.toBe(status);
  });

  it('OCPP-J-CONN-04, SEC-02: unknown stations get 404, wrong credentials 401', async () => {
    const url = `${rig.ocppUrl}/CS0001`;
    await expect(upgrade(`${rig.ocppUrl}/NOBODY`, ['ocpp1.6'], `NOBODY:${PASSWORD}`)).resolves.toBe(
      404,
    );
    await expect(upgrade(url)).resolves.toBe(401);
    await expect(upgrade(url, ['ocpp1.6'], 'CS0001:wrong-password-here')).resolves.toBe(401);
    await expect(upgrade(url, ['ocpp1.6'], `CS0002:${PASSWORD}`)).resolves.toBe(401);
    await expect(upgrade(url, ['ocpp1.6'], `cs0001:${PASSWORD}`)).resolves.toBe(401);
  });

  it('OCPP-J-CONN-01: a query and a trailing slash count for nothing', async () => {
    const auth = `CS0001:${PASSWORD}`;
    await expect(upgrade(`${rig.ocppUrl}/CS0001/?token=x`, ['ocpp1.6'], auth)).resolves.toBe(101);
  });

  it.each(['DE*VLT/1', 'with space', 'has#hash', 'has:colon', 'Ünïcode'])(
    'OCPP-J-CONN-03, SEC-03: identity %j works in 1.6',
    async (identity) => {
      await rig.provideStation(identity);
      const station = await rig.station('1.6', { identity });
      await eventually(() =>
        expect(rig.events('StationBooted')).toContainEqual(
          expect.objectContaining({ stationId: identity }),
        ),
      );
      await station.close();
    },
  );

  it('OCPP-J-SEC-03: a 2.x identity has no colon', async () => {
    await expect(
      upgrade(`${rig.ocppUrl}/has%3Acolon`, ['ocpp2.0.1'], `has:colon:${PASSWORD}`),
    ).resolves.toBe(400);
  });

  it('OCPP-J-CONN-05, CONN-06, CONN-08: picks the best of what both speak, and refuses the rest', async () => {
    const open = async (...protocols: string[]) => {
      const socket = new WebSocket(`${rig.ocppUrl}/CS0001`, protocols, {
        auth: `CS0001:${PASSWORD}`,
      });
      await new Promise((resolve) => socket.on('open', resolve));
      socket.terminate();
      return socket.protocol;
    };
    expect(await open('ocpp0.1', 'ocpp1.6', 'ocpp2.0.1')).toBe('ocpp2.0.1');
    expect(await open('ocpp1.6', 'ocpp1.5')).toBe('ocpp1.6');
    await expect(upgrade(`${rig.ocppUrl}/CS0001`, ['ocpp0.1'], `CS0001:${PASSWORD}`)).resolves.toBe(
      400,
    );
  });

  it('OCPP-J-CONN-07: a station that offers none is let in only if its record names a version', async () => {
    const auth = `QUIET:${PASSWORD}`;
    await rig.provideStation('QUIET');
    await expect(upgrade(`${rig.ocppUrl}/QUIET`, [], auth)).resolves.toBe(400);
    await rig.provideStation('QUIET', { defaultSubprotocol: 'ocpp1.6' });
    await expect(upgrade(`${rig.ocppUrl}/QUIET`, [], auth)).resolves.toBe(101);
  });

  it('OCPP-J-SEC-04: a hexadecimal key may come as its digits or as its bytes', async () => {
    const password = '0123456789abcdefFEDCBA9876543210';
    await rig.provideStation('KEYED', { password });
    const url = `${rig.ocppUrl}/KEYED`;
    await expect(upgrade(url, ['ocpp1.6'], `KEYED:${password.toUpperCase()}`)).resolves.toBe(101);
    const header = (secret: Buffer) => ({
      headers: {
        authorization: `Basic ${Buffer.concat([Buffer.from('KEYED:'), secret]).toString('base64')}`,
      },
    });
    const opened = (secret: Buffer) =>
      new Promise((resolve) => {
        const socket = new WebSocket(url, ['ocpp1.6'], header(secret));
        socket.on('open', () => {
          socket.terminate();
          resolve(true);
        });
        socket.on('error', () => {
          resolve(false);
        });
      });
    await expect(opened(Buffer.from(password, 'hex'))).resolves.toBe(true);
    await expect(opened(Buffer.from('00'.repeat(16), 'hex'))).resolves.toBe(false);
  });

  it('OCPP-J-SEC-01: less than the stored profile is refused; profile 0 is 1.6 only', async () => {
    await rig.provideStation('SECURE', { securityProfile: 2 });
    await expect(upgrade(`${rig.ocppUrl}/SECURE`, ['ocpp1.6'], `SECURE:${PASSWORD}`)).resolves.toBe(
      403,
    );
    await rig.provideStation('OPEN', { securityProfile: 0 });
    await expect(upgrade(`${rig.ocppUrl}/OPEN`)).resolves.toBe(101);
    await expect(upgrade(`${rig.ocppUrl}/OPEN`, ['ocpp2.0.1'])).resolves.toBe(400);
  });

  it('OCPP-J-SEC-05: failures in its name do not lock the right station out', async () => {
    await rig.provideStation('TARGET');
    const url = `${rig.ocppUrl}/TARGET`;
    for (let attempt = 0; attempt < 5; attempt += 1)
      await expect(upgrade(url, ['ocpp1.6'], `TARGET:wrong-password-${attempt}`)).resolves.toBe(
        401,
      );
    const started = performance.now();
    await expect(upgrade(url, ['ocpp1.6'], `TARGET:${PASSWORD}`)).resolves.toBe(101);
    expect(performance.now() - started).toBeLessThan(1_000);
    const notices = await rig.api('GET', 'stations/TARGET/notices');
    expect(notices.body).toMatchObject({ items: [{ action: 'LoginsFailed' }] });
  });
});
