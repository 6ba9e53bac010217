import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type Server, createServer, request } from 'node:https';
import { type AddressInfo } from 'node:net';
import { type TLSSocket } from 'node:tls';
import { eventually, sampleLocation } from '@voltledger/testing';
import { freePort } from './free-port';
import { OicpNetwork } from './oicp-network';
import { type CertificateFiles, TestAuthority, hasOpenssl } from './test-certificates';

const text = (file: string): string => readFileSync(file, 'utf8');
const pem = ({ certificate, key }: CertificateFiles) => ({
  cert: text(certificate),
  key: text(key),
});
const START = '/api/oicp/charging/v21/providers/DE-T02/authorize-remote/start';

// Certificates are made with openssl, which most machines have; without it there is nothing to test with.
(hasOpenssl ? describe : describe.skip)('OICP over mutual TLS', () => {
  let hubject: TestAuthority;
  let somebody: TestAuthority;
  let network: OicpNetwork;
  let port: number;
  let broker: Server;
  const clients: (string | undefined)[] = [];

  beforeAll(async () => {
    hubject = new TestAuthority('Hubject test CA');
    somebody = new TestAuthority('Another CA');
    broker = createServer(
      { ...pem(hubject.issue('broker')), ca: text(hubject.certificate), requestCert: true },
      (incoming, answer) => {
        const socket = incoming.socket as unknown as Pick<TLSSocket, 'getPeerCertificate'>;
        const { subject } = socket.getPeerCertificate();
        clients.push([subject.CN].flat()[0]);
        answer.setHeader('content-type', 'application/json');
        answer.end(JSON.stringify({ Result: true, StatusCode: { Code: '000' } }));
      },
    ).listen(0, '127.0.0.1');
    await once(broker, 'listening');
    const own = hubject.issue('DE*VLT');
    const listener = hubject.issue('cpo.example');
    port = await freePort();
    network = await OicpNetwork.start({
      OICP_BASE_URL: `https://127.0.0.1:${String((broker.address() as AddressInfo).port)}`,
      OICP_CLIENT_CERTIFICATE_FILE: own.certificate,
      OICP_CLIENT_KEY_FILE: own.key,
      OICP_BROKER_CA_FILE: hubject.certificate,
      OICP_INBOUND: 'tls',
      OICP_INBOUND_PORT: String(port),
      OICP_INBOUND_CERTIFICATE_FILE: listener.certificate,
      OICP_INBOUND_KEY_FILE: listener.key,
      OICP_INBOUND_BROKER_CA_FILE: hubject.certificate,
    });
  });

  afterAll(async () => {
    await network.close();
    broker.close();
    broker.closeAllConnections();
    hubject.remove();
    somebody.remove();
  });

  /** HTTP status, or the error of a connection that was not let in. */
  const calling = (client?: CertificateFiles): Promise<number | string> =>
    new Promise((resolve) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port,
          path: START,
          method: 'POST',
          ca: text(hubject.certificate),
          agent: false,
          ...(client && pem(client)),
        },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        },
      );
      sent.on('error', (error) => {
        resolve((error as NodeJS.ErrnoException).code ?? error.message);
      });
      sent.end('{}');
    });

  it('OICP-TRN-01 shows the broker our certificate', async () => {
    await network.location({ type: 'LocationChanged', data: { location: sampleLocation(1) } });
    await eventually(() => expect(clients).toContain('DE*VLT'));
  });

  it('OICP-TRN-03 lets in whom the broker’s CA vouches for', async () => {
    expect(await calling(hubject.issue('hubject client'))).toBe(200);
  });

  it('OICP-TRN-03 lets in nobody without a certificate, or with somebody else’s', async () => {
    expect(await calling()).not.toBe(200);
    expect(await calling(somebody.issue('stranger'))).not.toBe(200);
  });

  it('OICP-TRN-05 knows when our certificate expires', async () => {
    const { body } = await network.api('connection');
    const days = (Date.parse(String(body['clientCertificateExpiresAt'])) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(1);
    expect(days).toBeLessThan(3);
  });
});
