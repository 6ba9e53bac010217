import { type Socket } from 'node:net';
import { type Duplex } from 'node:stream';

type Ends = Duplex & Partial<Pick<Socket, 'remoteAddress' | 'remotePort'>>;

/** Handshakes under way per address, so that half-open ones do not fill the house (CONN-19). */
export class HandshakeLimit {
  private readonly counts = new Map<string, number>();
  /** By address and port: over TLS the socket that is upgraded is another than the one accepted. */
  private readonly underWay = new Map<string, string>();

  constructor(private readonly max: number) {}

  begin(socket: Socket): void {
    const address = socket.remoteAddress ?? 'unknown';
    const count = (this.counts.get(address) ?? 0) + 1;
    if (count > this.max) {
      socket.destroy();
      return;
    }
    const end = endOf(socket);
    this.counts.set(address, count);
    this.underWay.set(end, address);
    socket.once('close', () => {
      this.forget(end);
    });
  }

  done(socket: Ends): void {
    this.forget(endOf(socket));
  }

  private forget(end: string): void {
    const address = this.underWay.get(end);
    if (address === undefined) return;
    this.underWay.delete(end);
    const count = (this.counts.get(address) ?? 1) - 1;
    if (count > 0) this.counts.set(address, count);
    else this.counts.delete(address);
  }
}

const endOf = ({ remoteAddress = 'unknown', remotePort = 0 }: Ends): string =>
  `${remoteAddress} ${remotePort}`;
