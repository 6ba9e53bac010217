import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { gauge } from '@voltledger/platform';
import { CallAnswering } from './call-answering';
import { CONNECTION_SETTINGS, type ConnectionSettings } from './connection-settings';
import { FrameJournal } from './frame-journal';
import { type ConnectionParts, StationConnection } from './station-connection';
import { StationTurns } from './station-turns';
import { type Opened } from './station-upgrades';

/** The sockets of this process. */
@Injectable()
export class StationConnections {
  private readonly open = new Set<StationConnection>();
  private readonly parts: ConnectionParts;
  private readonly connected = gauge({
    name: 'ocpp_stations_connected',
    help: 'Stations connected to this process.',
  });
  private sweep: NodeJS.Timeout | undefined;
  private allClosed: (() => void) | undefined;

  constructor(
    @Inject(CONNECTION_SETTINGS) private readonly settings: ConnectionSettings,
    commands: CommandBus,
    answering: CallAnswering,
    private readonly turns: StationTurns,
    journal: FrameJournal,
  ) {
    this.parts = { settings, commands, answering, turns, journal };
  }

  /** Finds sockets whose other end is gone without a word. */
  watch(): void {
    this.sweep = setInterval(() => {
      for (const connection of this.open) connection.checkAlive();
    }, this.settings.pingMs);
  }

  add({ socket, admission, peer }: Opened): void {
    const connection = new StationConnection(socket, admission, peer.address, this.parts);
    this.open.add(connection);
    this.connected.set(this.open.size);
    void connection.run().then(() => {
      this.open.delete(connection);
      this.connected.set(this.open.size);
      if (this.open.size === 0) this.allClosed?.();
    });
  }

  /** Answers what has arrived and closes all; after `limit` those that are left are cut off. */
  async close(code: number, reason: string, limit: Promise<unknown>): Promise<void> {
    clearInterval(this.sweep);
    const closed = new Promise<void>((resolve) => {
      this.allClosed = resolve;
    });
    if (this.open.size === 0) return;
    for (const connection of this.open) connection.close(code, reason);
    await Promise.race([closed, limit]);
    for (const connection of this.open) connection.terminate();
    await closed;
    await this.turns.idle();
  }
}
