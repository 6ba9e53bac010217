import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type PartnerReply } from './ocpi-partner-answer';

export interface PartnerHttpRequest {
  readonly method: string;
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** `'lost'`: the connection is dropped without an answer. */
type Handle = (request: PartnerHttpRequest) => Promise<PartnerReply | 'lost'>;

/** The HTTP server under the simulated partner. It keeps its port when it goes down and comes back. */
export class PartnerHttp {
  private server: Server | undefined;

  constructor(
    private port: number,
    private readonly handle: Handle,
  ) {}

  get origin(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  async up(): Promise<void> {
    if (this.server) return;
    const server = createServer((request, response) => {
      void this.answer(request, response);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, '127.0.0.1', resolve);
    });
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  /** Connections are refused from now on, and those that are open are cut. */
  async down(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await bodyOf(request);
    const url = new URL(request.url ?? '/', this.origin);
    const reply = await this.handle({
      method: request.method ?? 'GET',
      segments: url.pathname.split('/').filter(Boolean).map(decodeURIComponent),
      query: url.searchParams,
      headers: request.headers,
      text,
    });
    if (reply === 'lost') {
      response.destroy();
      return;
    }
    const envelope = {
      data: reply.data,
      status_code: reply.status,
      status_message: reply.message,
      timestamp: new Date().toISOString(),
    };
    response.writeHead(reply.http, { 'content-type': 'application/json', ...reply.headers });
    response.end(JSON.stringify(envelope));
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
