import { type CommandBus } from '@nestjs/cqrs';
import { type StationId, epochMillis } from '@voltledger/kernel';
import { OutgoingCalls } from '@voltledger/ocpp';
import { newUuid } from '@voltledger/platform';
import { type RawData, WebSocket } from 'ws';
import { type Admission } from '../commands/admit-station';
import { ConnectStation, ConnectionLost, type LiveStation } from '../commands/connect-station';
import { DisconnectStation } from '../commands/disconnect-station';
import { type CallAnswering } from './call-answering';
import { type ConnectionSettings } from './connection-settings';
import { type FrameJournal } from './frame-journal';
import { FramePace } from './frame-pace';
import { FrameTaking, type FrameWork } from './frame-taking';
import { type StationTurns } from './station-turns';

/** Frames read ahead of their answers; above it, the socket is read no further. */
const READ_AHEAD_MAX = 64;
/** Bytes waiting for a slow reader; above it, the socket is given up (OCPP-J-CONN-16). */
const BUFFERED_MAX = 1_048_576;
const UNSUPPORTED_DATA = 1003;
const POLICY_VIOLATION = 1008;
const INTERNAL_ERROR = 1011;

export interface ConnectionParts {
  readonly settings: ConnectionSettings;
  readonly commands: CommandBus;
  readonly answering: CallAnswering;
  readonly turns: StationTurns;
  readonly journal: FrameJournal;
}

/** One socket of a station: its frames in, our frames out. */
export class StationConnection {
  readonly connectionId = newUuid();
  private readonly stationId: StationId;
  private readonly calls: OutgoingCalls;
  private readonly pace: FramePace;
  private readonly frames: FrameTaking;
  private live: LiveStation | undefined;
  private waiting = 0;
  private closing = false;
  private heard = true;

  constructor(
    private readonly socket: WebSocket,
    private readonly admission: Admission,
    private readonly address: string,
    private readonly parts: ConnectionParts,
  ) {
    const { record, version } = admission;
    this.stationId = record.stationId;
    const { now, framesPerSecond, callTimeoutMs, callQueueMax } = parts.settings;
    this.pace = new FramePace(framesPerSecond, epochMillis(now()));
    this.calls = new OutgoingCalls({
      send: (text) => {
        this.send(text);
      },
      newId: newUuid,
      afterTimeout: (work) => timeout(work, callTimeoutMs),
      queueMax: callQueueMax,
    });
    this.frames = new FrameTaking(version, this.calls, parts.answering, (reason) => {
      parts.journal.dropped(reason);
    });
  }

  /** Resolves when the socket is closed and everything it brought is done. */
  run(): Promise<void> {
    const { socket } = this;
    socket.on('message', (data, isBinary) => {
      this.receive(data, isBinary);
    });
    for (const sign of ['ping', 'pong'] as const) socket.on(sign, () => (this.heard = true));
    socket.on('error', ({ message }) => {
      this.parts.journal.broken(this.stationId, message);
    });
    void this.inTurn(() => this.connect());
    return new Promise((resolve) => {
      socket.on('close', () => {
        this.calls.close();
        void this.inTurn(() => this.disconnect()).then(resolve);
      });
    });
  }

  /** Without a sign of life since the last time the socket is given up (OCPP-J-CONN-12). */
  checkAlive(): void {
    if (this.heard) this.socket.ping();
    else this.socket.terminate();
    this.heard = false;
  }

  /** Answers what has arrived, takes nothing more, and closes. */
  close(code: number, reason: string): void {
    if (this.closing) return;
    this.closing = true;
    void this.inTurn(() => {
      this.socket.close(code, reason);
      return Promise.resolve();
    });
  }

  terminate(): void {
    this.socket.terminate();
  }

  private async connect(): Promise<void> {
    const { record, version } = this.admission;
    const { connectionId, calls, address } = this;
    const close = (code: number, reason: string): void => {
      this.close(code, reason);
    };
    try {
      const link = { connectionId, version, address, calls, close };
      this.live = await this.parts.commands.execute(new ConnectStation(record, link));
    } catch (error) {
      this.socket.close(INTERNAL_ERROR, 'try again later');
      throw error;
    }
  }

  private disconnect(): Promise<void> {
    return this.parts.commands.execute(new DisconnectStation(this.stationId, this.connectionId));
  }

  private receive(data: RawData, isBinary: boolean): void {
    if (this.closing) return;
    if (isBinary) {
      this.parts.journal.dropped('binary');
      this.close(UNSUPPORTED_DATA, 'OCPP-J frames are text');
      return;
    }
    const arrivedAt = this.parts.settings.now();
    const text = textOf(data);
    this.heard = true;
    if (this.live) this.live.lastSeenAt = arrivedAt;
    this.log('in', text);
    const rest = this.pace.take(epochMillis(arrivedAt));
    if (rest > 0) this.readNothingFor(rest);
    const work = this.frames.take(text, arrivedAt);
    if (work) void this.answer(work);
  }

  private async answer(work: FrameWork): Promise<void> {
    this.waiting += 1;
    if (this.waiting >= READ_AHEAD_MAX) this.socket.pause();
    await this.inTurn(async () => {
      if (this.live) await this.answerBy(work, this.live);
    });
    this.waiting -= 1;
    if (this.waiting < READ_AHEAD_MAX && this.socket.isPaused) this.socket.resume();
  }

  private async answerBy(work: FrameWork, live: LiveStation): Promise<void> {
    try {
      this.send(await work(live));
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
      this.parts.journal.dropped('taken over');
      this.close(POLICY_VIOLATION, 'connected to another gateway');
    }
  }

  private readNothingFor(milliseconds: number): void {
    this.socket.pause();
    timeout(() => {
      this.socket.resume();
    }, milliseconds);
  }

  private send(text: string): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    if (this.socket.bufferedAmount > BUFFERED_MAX) {
      this.parts.journal.dropped('slow reader');
      this.socket.terminate();
      return;
    }
    this.log('out', text);
    this.socket.send(text);
  }

  private log(direction: 'in' | 'out', text: string): void {
    const { record, version } = this.admission;
    const line = { stationId: this.stationId, version: version.version, direction };
    this.parts.journal.frame(line, text, (this.live?.record ?? record).logFrames);
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    return this.parts.turns.run(this.stationId, work);
  }
}

function timeout(work: () => void, milliseconds: number): () => void {
  const timer = setTimeout(work, milliseconds);
  return () => {
    clearTimeout(timer);
  };
}

/** Text messages arrive as one buffer: `ws` has put their fragments together. */
const textOf = (data: RawData): string =>
  Array.isArray(data)
    ? Buffer.concat(data).toString('utf8')
    : Buffer.from(data as Buffer).toString('utf8');
