import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';

export interface WireOptions {
  /** Without the identity: `ws://127.0.0.1:8887/ocpp`. */
  readonly url: string;
  readonly identity: string;
  readonly password?: string;
  readonly subprotocol: string;
  readonly callTimeoutMs?: number;
  /** Offers permessage-deflate. */
  readonly compression?: boolean;
}

/** The answer was a CALLERROR. */
export class CallErrorAnswer extends Error {
  override readonly name = 'CallErrorAnswer';

  constructor(
    readonly code: string,
    readonly description: string,
    readonly details: unknown,
  ) {
    super(`${code}: ${description}`);
  }
}

/** The connection ended before the answer came. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** The CSMS did not let the station in. */
export class UpgradeRefused extends Error {
  override readonly name = 'UpgradeRefused';

  constructor(readonly status: number) {
    super(`the CSMS refused the connection with HTTP ${status}`);
  }
}

interface Outstanding {
  readonly again: () => void;
  readonly resolve: (payload: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** What the station does with a call of the CSMS. Throwing gives a CALLERROR. */
export type CallHandler = (action: string, payload: Record<string, unknown>) => Promise<object>;

const CALL_TIMEOUT_MS = 30_000;

/** A station's end of one OCPP-J connection, over a real WebSocket. */
export class StationWire {
  /** Every text that arrived, newest last; only while `recording`. */
  readonly received: string[] = [];
  recording = false;
  /** So many answers are lost on the way; the call is then sent again under a new id. */
  answersToLose = 0;
  private readonly outstanding = new Map<string, Outstanding>();
  private before: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly socket: WebSocket,
    private readonly timeoutMs: number,
    private readonly onCall: CallHandler,
    onClose: (wire: StationWire) => void,
  ) {
    socket.on('message', (data) => {
      this.receive((data as Buffer).toString('utf8'));
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.fail();
      onClose(this);
    });
  }

  /** @throws UpgradeRefused */
  static open(
    options: WireOptions,
    onCall: CallHandler,
    onClose: (wire: StationWire) => void,
  ): Promise<StationWire> {
    const { url, identity, password, subprotocol, compression = false } = options;
    const socket = new WebSocket(`${url}/${encodeURIComponent(identity)}`, [subprotocol], {
      perMessageDeflate: compression,
      ...(password !== undefined && { auth: `${identity}:${password}` }),
    });
    return new Promise((resolve, reject) => {
      socket.on('unexpected-response', (request, response) => {
        request.destroy();
        reject(new UpgradeRefused(response.statusCode ?? 0));
      });
      socket.once('error', reject);
      socket.once('open', () => {
        resolve(new StationWire(socket, options.callTimeoutMs ?? CALL_TIMEOUT_MS, onCall, onClose));
      });
    });
  }

  get subprotocol(): string {
    return this.socket.protocol;
  }

  /** One call after the other, as a station does. @throws CallErrorAnswer, ConnectionLost */
  call(action: string, payload: object): Promise<unknown> {
    const turn = this.before.then(
      () => this.callNow(action, payload),
      () => this.callNow(action, payload),
    );
    this.before = turn;
    return turn;
  }

  /** Without waiting for its turn: a station that pipelines. */
  callNow(action: string, payload: object, id: string = randomUUID()): Promise<unknown> {
    if (this.socket.readyState !== WebSocket.OPEN) return Promise.reject(new ConnectionLost());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.outstanding.delete(id);
        reject(new Error(`no answer to ${action} within ${this.timeoutMs} ms`));
      }, this.timeoutMs);
      const again = (): void => {
        this.callNow(action, payload).then(resolve, reject);
      };
      this.outstanding.set(id, { again, resolve, reject, timer });
      this.send(JSON.stringify([2, id, action, payload]));
    });
  }

  /** Any text at all. */
  send(text: string | Buffer): void {
    this.socket.send(text);
  }

  ping(): Promise<void> {
    return new Promise((resolve) => {
      this.socket.once('pong', () => {
        resolve();
      });
      this.socket.ping();
    });
  }

  /** Resolves with the close code, once closed. */
  closed(): Promise<number> {
    return new Promise((resolve) => {
      this.socket.once('close', (code) => {
        resolve(code);
      });
    });
  }

  async close(): Promise<void> {
    if (this.socket.readyState === WebSocket.CLOSED) return;
    const closed = this.closed();
    this.socket.close(1000);
    await closed;
  }

  /** As when the cable is cut. */
  cut(): void {
    this.socket.terminate();
  }

  private receive(text: string): void {
    if (this.recording) this.received.push(text);
    const [type, id, ...rest] = JSON.parse(text) as [number, string, ...unknown[]];
    if (type === 2) void this.serve(id, rest[0] as string, rest[1] as Record<string, unknown>);
    else this.answered(id, type, rest);
  }

  private answered(id: string, type: number, [first, ...rest]: readonly unknown[]): void {
    const waiting = this.outstanding.get(id);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    this.outstanding.delete(id);
    if (this.answersToLose > 0) {
      this.answersToLose -= 1;
      waiting.again();
    } else if (type === 3) waiting.resolve(first);
    else waiting.reject(new CallErrorAnswer(String(first), String(rest[0]), rest[1]));
  }

  private async serve(id: string, action: string, payload: Record<string, unknown>): Promise<void> {
    try {
      const answer = await this.onCall(action, payload);
      this.send(JSON.stringify([3, id, answer]));
    } catch (error) {
      const [code, description] =
        error instanceof CallErrorAnswer
          ? [error.code, error.description]
          : ['InternalError', String(error)];
      this.send(JSON.stringify([4, id, code, description, {}]));
    }
  }

  private fail(): void {
    for (const { reject, timer } of this.outstanding.values()) {
      clearTimeout(timer);
      reject(new ConnectionLost());
    }
    this.outstanding.clear();
  }
}
