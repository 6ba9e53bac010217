import { type IncomingMessage } from 'node:http';
import { type Duplex } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type StationId } from '@voltledger/kernel';
import { REPORTS, type Reports, counter } from '@voltledger/platform';
import { type WebSocket, WebSocketServer } from 'ws';
import { AdmitStation, type Admission } from '../commands/admit-station';
import { type Config, GATEWAY_CONFIG } from '../config';
import { type Compression, compressionFor, compressions } from './compression';
import { refusalStatus, refuse } from './upgrade-refusal';
import {
  type Peer,
  basicPassword,
  offeredSubprotocols,
  peerOf,
  requestedIdentity,
} from './upgrade-request';

export interface Opened {
  readonly socket: WebSocket;
  readonly admission: Admission;
  readonly peer: Peer;
}

/** From an HTTP upgrade to an open WebSocket, or to a refusal. */
@Injectable()
export class StationUpgrades {
  private readonly subprotocols = new WeakMap<IncomingMessage, string>();
  private readonly servers: Readonly<Record<Compression, WebSocketServer>>;
  private readonly refused = counter({
    name: 'ocpp_upgrades_refused_total',
    help: 'Stations that were not let in, by HTTP status.',
    labelNames: ['status'],
  });

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: Config,
    @Inject(REPORTS) private readonly reports: Reports,
    private readonly commands: CommandBus,
  ) {
    this.servers = {
      smallWindow: this.server('smallWindow'),
      anyWindow: this.server('anyWindow'),
    };
  }

  /** Never rejects. `opened` is called when the station is in, before its first frame is read. */
  async upgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    opened: (opened: Opened) => void,
  ): Promise<void> {
    const peer = peerOf(request, socket, this.config.OCPP_TRUST_PROXY);
    const admission = await this.admission(request, peer);
    if (typeof admission === 'number') {
      this.refused.inc({ status: admission });
      refuse(socket, admission);
      return;
    }
    if (socket.destroyed) return;
    this.subprotocols.set(request, admission.version.subprotocol);
    const server = this.servers[compressionFor(request.headers['sec-websocket-extensions'])];
    server.handleUpgrade(request, socket, head, (webSocket) => {
      opened({ socket: webSocket, admission, peer });
    });
  }

  /** The admission, or the HTTP status of the refusal. */
  private async admission(request: IncomingMessage, peer: Peer): Promise<Admission | number> {
    const wanted = requestedIdentity(request.url ?? '', this.config.OCPP_BASE_PATH);
    if (wanted.kind === 'elsewhere') return 404;
    if (wanted.kind === 'malformed') return 400;
    const { headers } = request;
    const password = basicPassword(headers.authorization, wanted.identity);
    try {
      return await this.commands.execute(
        new AdmitStation({
          ...peer,
          stationId: wanted.identity as StationId,
          offered: offeredSubprotocols(headers['sec-websocket-protocol']),
          ...(password && { password }),
        }),
      );
    } catch (error) {
      const status = refusalStatus(error);
      if (status === undefined) this.reports.report(error, { work: 'ocpp-gateway.upgrades' });
      return status ?? 503;
    }
  }

  private server(compression: Compression): WebSocketServer {
    return new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: this.config.OCPP_FRAME_BYTES_MAX,
      perMessageDeflate: compressions[compression],
      // Exactly the one that was chosen (OCPP-J-CONN-05).
      handleProtocols: (_offered, request) => this.subprotocols.get(request) ?? false,
    });
  }
}
