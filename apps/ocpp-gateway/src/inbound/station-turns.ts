import { Inject, Injectable } from '@nestjs/common';
import { type StationId } from '@voltledger/kernel';
import { REPORTS, type Reports } from '@voltledger/platform';

/**
 * One thing after the other per station, over all its connections: frames take effect in the order
 * they came (OCPP-J-RPC-13), and a new connection waits for what the old one had received
 * (OCPP-J-CONN-09).
 */
@Injectable()
export class StationTurns {
  private readonly last = new Map<StationId, Promise<void>>();

  constructor(@Inject(REPORTS) private readonly reports: Reports) {}

  /** Never rejects: what fails is reported, and the next one gets its turn. */
  run(stationId: StationId, work: () => Promise<void>): Promise<void> {
    const before = this.last.get(stationId) ?? Promise.resolve();
    const turn = before.then(work).catch((error: unknown) => {
      this.reports.report(error, { work: 'ocpp-gateway.connections', facts: { stationId } });
    });
    this.last.set(stationId, turn);
    void turn.then(() => {
      if (this.last.get(stationId) === turn) this.last.delete(stationId);
    });
    return turn;
  }

  async idle(): Promise<void> {
    while (this.last.size > 0) await Promise.all(this.last.values());
  }
}
