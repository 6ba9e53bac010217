import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type CalledOperation, oicpVersions } from '@voltledger/oicp';
import { type HubjectAnswer, acknowledged, failed } from './hubject-answers';
import { HubjectBroker, type HubjectProvider } from './hubject-broker';
import { type HubjectOperator } from './hubject-evses';
import { type HubjectFault, HubjectFaults, answerInstead } from './hubject-faults';
import { HubjectRemote } from './hubject-remote';
import { validated } from './hubject-validation';

/** A request as it arrived, and what it was answered; an answer that was lost is here too. */
export interface HubjectExchange {
  readonly operation: CalledOperation | 'unknown';
  readonly path: string;
  readonly body: string;
  readonly status: number;
  readonly answer: unknown;
  readonly fault?: HubjectFault['kind'];
}

export interface HubjectOptions {
  readonly operators: readonly HubjectOperator[];
  /** Where it listens; 0: any free port. It keeps it when it goes down and comes back. */
  readonly port?: number;
  readonly seed?: string;
  readonly now?: () => number;
  /** Hubject's five minutes between two Progress, shortened for tests. */
  readonly progressEveryMs?: number;
  /** How long an operator may take to answer a remote request. */
  readonly remoteTimeoutMs?: number;
}

const FIVE_MINUTES = 300_000;
const ONE_MINUTE = 60_000;
const ONE_AT_A_TIME: readonly CalledOperation[] = ['pushEvseData', 'pushEvseStatus'];
const oicp = oicpVersions.get('2.3');

/**
 * A test double of the Hubject broker, as an operator sees it, with the providers behind it. A real
 * HTTP server that keeps what it was told in memory. For tests and the demo only: Hubject forbids
 * partners to build a substitute for its platform.
 */
export class HubjectStandIn {
  readonly broker: HubjectBroker;
  readonly faults = new HubjectFaults();
  readonly log: HubjectExchange[] = [];
  private readonly remote: HubjectRemote;
  private readonly busy = new Set<string>();
  private server: Server | undefined;
  private processes = 0;

  private constructor(
    private port: number,
    options: HubjectOptions,
  ) {
    this.broker = new HubjectBroker({
      seed: options.seed ?? 'hubject',
      now: options.now ?? Date.now,
      progressEveryMs: options.progressEveryMs ?? FIVE_MINUTES,
    });
    for (const operator of options.operators)
      this.broker.operators.set(operator.operatorId, { ...operator });
    this.remote = new HubjectRemote(this.broker, options.remoteTimeoutMs ?? ONE_MINUTE);
  }

  static async start(options: HubjectOptions): Promise<HubjectStandIn> {
    const standIn = new HubjectStandIn(options.port ?? 0, options);
    await standIn.up();
    return standIn;
  }

  /** What `OICP_BASE_URL` is set to. */
  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** A provider with its drivers' cards (UIDs in upper case, or EvcoIDs). */
  provider(providerId: string, ...cards: readonly string[]): HubjectProvider {
    const provider = { providerId, cards: new Set(cards), notifications: true };
    this.broker.providers.push(provider);
    return provider;
  }

  /** From now on the operator is reached here for remote requests. */
  reach(operatorId: string, url: string): void {
    const operator = this.broker.operators.get(operatorId);
    if (!operator) throw new Error(`${operatorId} is no operator of this broker`);
    operator.url = url;
  }

  remoteStart(wish: Parameters<HubjectRemote['start']>[0]) {
    return this.remote.start(wish);
  }

  remoteStop(sessionId: string, providerId?: string) {
    return this.remote.stop(sessionId, providerId);
  }

  /** The next requests of an operation (or of any) go wrong. */
  trouble(operation: CalledOperation | 'any', fault: HubjectFault, times = 1): void {
    this.faults.plan(operation, fault, times);
  }

  /** Nobody answers any more; what it knows it keeps. */
  async down(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  /** Back on the same port. */
  async up(): Promise<void> {
    if (this.server) return;
    const server = createServer((request, response) => {
      this.serve(request, response).catch(() => response.destroy());
    });
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async close(): Promise<void> {
    await this.down();
  }

  /** Every request of an operation, in order, duplicates included. */
  requests(operation: CalledOperation): HubjectExchange[] {
    return this.log.filter((each) => each.operation === operation);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', this.url).pathname;
    const body = await textOf(request);
    const called = request.method === 'POST' ? oicp?.calledAt(path) : undefined;
    if (!called) {
      const answer = failed(500, '001', `OICP service not found for URI: ${path}`);
      this.keep('unknown', { path, body }, answer);
      this.send(response, answer);
      return;
    }
    const fault = this.faults.next(called.operation);
    const answer = await this.answered(called, body, fault);
    this.keep(called.operation, { path, body }, answer, fault);
    await this.sendWith(fault, response, answer);
  }

  private async answered(
    { operation, id }: { readonly operation: CalledOperation; readonly id: string },
    text: string,
    fault: HubjectFault | undefined,
  ): Promise<HubjectAnswer> {
    const insteadOf = fault && answerInstead(fault);
    if (insteadOf) return insteadOf;
    const lane = `${operation} ${id}`;
    if (ONE_AT_A_TIME.includes(operation) && this.busy.has(lane))
      return acknowledged('009', 'The push of data is already in progress');
    this.busy.add(lane);
    try {
      if (fault?.kind === 'delay') await pause(fault.milliseconds);
      const valid = validated(operation, text);
      return 'answer' in valid ? valid.answer : this.broker.answer(operation, id, valid.body);
    } finally {
      this.busy.delete(lane);
    }
  }

  private async sendWith(
    fault: HubjectFault | undefined,
    response: ServerResponse,
    answer: HubjectAnswer,
  ): Promise<void> {
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'lose answer' || fault?.kind === 'reset') response.destroy();
    else if (fault?.kind === 'truncate') {
      response.writeHead(answer.status, { 'content-length': 1_000 });
      response.write('{"Result":');
      await pause(10);
      response.destroy();
    } else this.send(response, answer);
  }

  private keep(
    operation: HubjectExchange['operation'],
    request: { readonly path: string; readonly body: string },
    { status, body }: HubjectAnswer,
    fault?: HubjectFault,
  ): void {
    this.log.push({
      operation,
      ...request,
      status,
      answer: body,
      ...(fault && { fault: fault.kind }),
    });
  }

  private send(response: ServerResponse, { status, body }: HubjectAnswer): void {
    this.processes += 1;
    const isText = typeof body === 'string';
    response.writeHead(status, {
      'content-type': isText ? 'text/html' : 'application/json;charset=utf-8',
      'process-id': `process-${String(this.processes)}`,
    });
    response.end(isText ? body : JSON.stringify(body));
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
