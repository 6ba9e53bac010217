import { type Socket } from 'node:net';
import { type Duplex } from 'node:stream';

/** Handshakes under way per address, so that half-open ones do not fill the house (CONN-19). */
export class HandshakeLimit {
  private readonly counts = new Map<string, number>();
  private readonly underWay = new WeakMap<Duplex, string>();

  constructor(private readonly max: number) {}

  begin(socket: Socket): void {
    const address = socket.remoteAddress ?? 'unknown';
    const count = (this.counts.get(address) ?? 0) + 1;
    if (count > this.max) {
      socket.destroy();
      return;
    }
    this.counts.set(address, count);
    this.underWay.set(socket, address);
    socket.once('close', () => {
      this.done(socket);
    });
  }

  done(socket: Duplex): void {
    const address = this.underWay.get(socket);
    if (address === undefined) return;
    this.underWay.delete(socket);
    const count = (this.counts.get(address) ?? 1) - 1;
    if (count > 0) this.counts.set(address, count);
    else this.counts.delete(address);
  }
}
