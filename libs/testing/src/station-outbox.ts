import { CallErrorAnswer, ConnectionLost, type StationWire } from './station-wire';
import { type StationCall } from './station-dialect';

interface Report {
  /** Made when it is sent: only then the station may know its transaction's id. */
  readonly make: () => StationCall;
  readonly acknowledged: (answer: unknown) => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const RETRIES_MAX = 20;
const RETRY_AFTER_MS = 200;

/**
 * Transaction messages in order. A station keeps each until it is acknowledged, over lost
 * connections and errors of the CSMS, as the standard has it.
 */
export class StationOutbox {
  private readonly reports: Report[] = [];
  private pumping = false;
  private wire: StationWire | undefined;

  get size(): number {
    return this.reports.length;
  }

  /** Resolves when it is acknowledged; at once, or when the connection is lost, it is only kept. */
  async put(
    make: () => StationCall,
    acknowledged: (answer: unknown) => void = () => undefined,
  ): Promise<void> {
    const done = new Promise<void>((resolve, reject) => {
      this.reports.push({ make, acknowledged, resolve, reject });
    });
    if (!this.wire) return;
    void this.pump();
    await done;
  }

  /** The station is online again: what was kept is sent. Resolves when all is acknowledged. */
  async online(wire: StationWire): Promise<void> {
    this.wire = wire;
    await this.pump();
  }

  offline(): void {
    this.wire = undefined;
    for (const { resolve } of this.reports) resolve();
  }

  private async pump(): Promise<void> {
    if (this.pumping) return;
    this.pumping = true;
    try {
      for (let next = this.reports[0]; next && this.wire; next = this.reports[0])
        await this.send(next, this.wire);
    } finally {
      this.pumping = false;
    }
  }

  private async send(report: Report, wire: StationWire): Promise<void> {
    const call = report.make();
    for (let attempt = 1; ; attempt += 1)
      try {
        const answer = await wire.call(call.action, call.payload);
        this.reports.shift();
        report.acknowledged(answer);
        report.resolve();
        return;
      } catch (error) {
        if (error instanceof ConnectionLost) {
          // The same message again, with the same content, on the next connection.
          this.reports[0] = { ...report, make: () => call };
          this.offline();
          return;
        }
        const transient = error instanceof CallErrorAnswer && error.code === 'InternalError';
        if (transient && attempt < RETRIES_MAX) {
          await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
          continue;
        }
        this.reports.shift();
        report.reject(error);
        return;
      }
  }
}
