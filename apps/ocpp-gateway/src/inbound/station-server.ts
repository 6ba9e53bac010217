import { type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';
import { type Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { LOGGER, type Logger } from '@voltledger/platform';
import { FinishCalls } from '../commands/finish-calls';
import { RecoverGateway } from '../commands/recover-gateway';
import { type Config, GATEWAY_CONFIG } from '../config';
import { HandshakeLimit } from './handshake-limit';
import { StationConnections } from './station-connections';
import { stationListener } from './station-listener';
import { StationUpgrades } from './station-upgrades';
import { refuse } from './upgrade-refusal';

const GOING_AWAY = 1001;

/** Where stations connect. */
@Injectable()
export class StationServer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly server: Server;
  private readonly scheme: 'ws' | 'wss';
  private readonly handshakes: HandshakeLimit;
  private draining = false;

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly commands: CommandBus,
    private readonly upgrades: StationUpgrades,
    private readonly connections: StationConnections,
  ) {
    this.handshakes = new HandshakeLimit(config.OCPP_HANDSHAKES_PER_ADDRESS_MAX);
    const { server, scheme } = stationListener(config);
    this.server = server;
    this.scheme = scheme;
    this.server.on('connection', (socket: Socket) => {
      this.handshakes.begin(socket);
    });
    this.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.upgrade(request, socket, head);
    });
    // A port scanner, or a station that does not trust our certificate.
    this.server.on('tlsClientError', (_error: Error, socket: Socket) => {
      socket.destroy();
    });
    this.server.on('clientError', (_error, socket) => {
      refuse(socket, 400);
    });
  }

  /** The port that was bound, once the application has started. */
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.commands.execute(new RecoverGateway());
    const { OCPP_PORT, OCPP_HOST, OCPP_BASE_PATH } = this.config;
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen({ port: OCPP_PORT, host: OCPP_HOST, backlog: 4_096 }, resolve);
    });
    const url = `${this.scheme}://${OCPP_HOST}:${this.port}${OCPP_BASE_PATH}/<identity>`;
    this.logger.info({ url }, 'stations may connect');
    this.connections.watch();
  }

  /** Answers what has arrived, and loses nothing that was answered (OCPP-J-CONN-18). */
  async beforeApplicationShutdown(): Promise<void> {
    this.draining = true;
    const closed = new Promise<void>((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
    const limit = pause(this.config.OCPP_DRAIN_SECONDS * 1_000, undefined, { ref: false });
    await this.connections.close(GOING_AWAY, 'the gateway goes away', limit);
    this.server.closeAllConnections();
    await closed;
    await this.commands.execute(new FinishCalls());
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Until the WebSocket owns the socket, nobody else listens for its errors.
    const ignore = (): void => undefined;
    socket.on('error', ignore);
    if (this.draining) {
      refuse(socket, 503);
      return;
    }
    void this.upgrades.upgrade(request, socket, head, (opened) => {
      socket.off('error', ignore);
      this.handshakes.done(socket);
      this.connections.add(opened);
    });
  }
}
