import { once } from 'node:events';
import {
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer as createHttpServer,
} from 'node:http';
import { type Server as HttpsServer, createServer as createHttpsServer } from 'node:https';
import { type AddressInfo } from 'node:net';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { REPORTS, type Reports } from '@voltledger/platform';
import { Certificates } from '../certificates';
import { CONNECTION, type Connection } from '../config';
import { OicpRequests } from './oicp-requests';

const BODY_BYTES_MAX = 1_048_576;
const RELOAD_EVERY_MS = 60_000;
const LOOPBACK = '127.0.0.1';

/**
 * Where Hubject reaches us: a listener of its own, so that what it trusts is trusted nowhere else.
 * Without a client certificate of the broker's CA the handshake fails, before anything is read
 * (OICP-TRN-03, -04).
 */
@Injectable()
export class OicpListener implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private server: Server | HttpsServer | undefined;
  private reloading: NodeJS.Timeout | undefined;

  constructor(
    @Inject(CONNECTION) private readonly connection: Connection,
    @Inject(Certificates) private readonly certificates: Certificates,
    @Inject(OicpRequests) private readonly requests: OicpRequests,
    @Inject(REPORTS) private readonly reports: Reports,
  ) {}

  /** undefined while nothing is listening. */
  get port(): number | undefined {
    const address = this.server?.address() as AddressInfo | null | undefined;
    return address?.port;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { OICP_INBOUND, OICP_INBOUND_PORT } = this.connection.config;
    if (OICP_INBOUND === 'off') return;
    const isPlain = OICP_INBOUND === 'plain-loopback';
    const server = isPlain ? createHttpServer(this.serve) : await this.tlsServer();
    server.listen(OICP_INBOUND_PORT, isPlain ? LOOPBACK : undefined);
    await once(server, 'listening');
    this.server = server;
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.reloading);
    const { server } = this;
    if (!server?.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    await closed;
  }

  private async tlsServer(): Promise<HttpsServer> {
    const mutual = { requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.2' } as const;
    const server = createHttpsServer(
      { ...(await this.certificates.server()), ...mutual },
      this.serve,
    );
    const reload = async () => {
      server.setSecureContext({ ...(await this.certificates.server()), minVersion: 'TLSv1.2' });
    };
    this.reloading = setInterval(() => {
      reload().catch((error: unknown) => {
        this.reports.report(error, { work: 'roaming-oicp.listener' });
      });
    }, RELOAD_EVERY_MS);
    this.reloading.unref();
    return server;
  }

  private readonly serve = (request: IncomingMessage, response: ServerResponse): void => {
    this.answer(request, response).catch((error: unknown) => {
      this.reports.report(error, { work: 'roaming-oicp.listener' });
      response.destroy();
    });
  };

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://oicp.invalid');
    if (request.method !== 'POST') {
      send(response, 405, { message: 'POST only' });
      return;
    }
    const body = await textOf(request);
    if (body === undefined) {
      send(response, 413, { message: 'The body is too large.' });
      return;
    }
    const answer = await this.requests.answer({
      path: pathname,
      body,
      processId: [request.headers['process-id']].flat()[0],
    });
    if (answer) send(response, 200, answer);
    else send(response, 404, { message: `Nothing is served at ${pathname}.` });
  }
}

async function textOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > BODY_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json;charset=UTF-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
