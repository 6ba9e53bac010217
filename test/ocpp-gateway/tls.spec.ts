import { readFileSync } from 'node:fs';
import { createTestDatabase } from '@voltledger/testing';
import { WebSocket } from 'ws';
import { type CertificateFiles, TestAuthority, hasOpenssl } from '../oicp/test-certificates';
import { GatewayRig, PASSWORD } from './gateway-rig';

const text = (file: string): string => readFileSync(file, 'utf8');

// Certificates are made with openssl, which most machines have; without it there is nothing to test with.
(hasOpenssl ? describe : describe.skip)('stations over TLS', () => {
  let authority: TestAuthority;
  let stranger: TestAuthority;
  let rig: GatewayRig;

  beforeAll(async () => {
    authority = new TestAuthority('Station test CA');
    stranger = new TestAuthority('Another CA');
    const server = authority.issue('gateway.example');
    rig = await GatewayRig.start({
      environment: {
        OCPP_TLS_CERTIFICATE_FILE: server.certificate,
        OCPP_TLS_KEY_FILE: server.key,
        OCPP_TLS_STATION_CA_FILE: authority.certificate,
        OCPP_HANDSHAKES_PER_ADDRESS_MAX: '2',
      },
    });
    await rig.provide(3);
    await rig.provideStation('CS0002', { securityProfile: 2 });
    await rig.provideStation('CS0003', { securityProfile: 3 });
  });

  afterAll(async () => {
    await rig.close();
    authority.remove();
    stranger.remove();
  });

  /** The HTTP status of a refused upgrade; 101 for one that was let in. */
  const upgrade = (identity: string, own?: CertificateFiles, auth?: string): Promise<number> => {
    const socket = new WebSocket(`${rig.ocppUrl.replace('ws:', 'wss:')}/${identity}`, ['ocpp1.6'], {
      ca: text(authority.certificate),
      ...(own && { cert: text(own.certificate), key: text(own.key) }),
      ...(auth !== undefined && { auth }),
    });
    return new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on('unexpected-response', (request, response) => {
        request.destroy();
        resolve(response.statusCode ?? 0);
      });
      socket.on('open', () => {
        socket.terminate();
        resolve(101);
      });
    });
  };

  it('profile 2 comes with its password over TLS', async () => {
    await expect(upgrade('CS0002', undefined, `CS0002:${PASSWORD}`)).resolves.toBe(101);
    await expect(upgrade('CS0002', undefined, 'CS0002:wrong-password-here')).resolves.toBe(401);
  });

  it('OCPP-J-SEC-09, SEC-10: profile 3 comes with a certificate in its name, from our CA', async () => {
    await expect(upgrade('CS0003', authority.issue('CS0003'))).resolves.toBe(101);
    await expect(upgrade('CS0003', authority.issue('CS0002'))).resolves.toBe(401);
    await expect(upgrade('CS0003', stranger.issue('CS0003'))).resolves.toBe(401);
    await expect(upgrade('CS0003')).resolves.toBe(401);
    await expect(upgrade('CS0003', undefined, `CS0003:${PASSWORD}`)).resolves.toBe(401);
  });

  it('does not take a certificate for the password of another profile', async () => {
    await expect(upgrade('CS0002', authority.issue('CS0002'))).resolves.toBe(401);
  });

  it('OCPP-J-CONN-19: counts no handshake that is over', async () => {
    for (let time = 0; time < 5; time += 1)
      await expect(upgrade('CS0002', undefined, `CS0002:${PASSWORD}`)).resolves.toBe(101);
  });
});

it('says which certificate file it cannot read', async () => {
  const environment = { OCPP_TLS_CERTIFICATE_FILE: '/none.pem', OCPP_TLS_KEY_FILE: '/none.key' };
  const database = await createTestDatabase();
  await expect(GatewayRig.start({ environment, database })).rejects.toThrow(
    /OCPP_TLS_CERTIFICATE_FILE: .*none\.pem/,
  );
  await database.close();
});
