import { type Instant } from '@voltledger/kernel';
import {
  type Ending,
  type SimulatedReading,
  type SimulatedState,
  type StationDialect,
  type TransactionMemory,
} from './station-dialect';
import { type StationOutbox } from './station-outbox';

/** A charging transaction of a simulated station. */
export class SimulatedTransaction {
  /** `Accepted` and the like: the CSMS's word on the token; absent until it answered. */
  verdict: string | undefined;
  private readonly end: Promise<void>;
  private ended!: () => void;
  private over = false;

  constructor(
    private readonly memory: TransactionMemory,
    private readonly dialect: StationDialect,
    private readonly outbox: StationOutbox,
    private readonly isOffline: () => boolean,
  ) {
    this.end = new Promise((resolve) => {
      this.ended = resolve;
    });
  }

  /** Absent while an OCPP 1.6 station has not been told. */
  get id(): string | undefined {
    return this.memory.id;
  }

  get evse(): number {
    return this.memory.evse;
  }

  get isOver(): boolean {
    return this.over;
  }

  /** Resolves once the station has ended it, for whatever reason. */
  whenOver(): Promise<void> {
    return this.end;
  }

  /** 1.6: as a station that never learned its number, which then says -1. */
  forgetId(): void {
    delete this.memory.id;
  }

  begin(at: Instant): Promise<void> {
    const offline = this.isOffline();
    return this.outbox.put(
      () => this.dialect.started(this.memory, at, offline),
      (answer) => {
        this.dialect.learn(this.memory, answer);
        this.verdict = this.dialect.verdict(answer);
      },
    );
  }

  meter(reading: SimulatedReading): Promise<void> {
    const offline = this.isOffline();
    return this.outbox.put(() => this.dialect.metered(this.memory, reading, offline));
  }

  state(state: SimulatedState, at: Instant): Promise<void> {
    const offline = this.isOffline();
    return this.outbox.put(() => this.dialect.stateChanged(this.memory, state, at, offline));
  }

  async stop(ending: Ending): Promise<void> {
    const offline = this.isOffline();
    this.over = true;
    await this.outbox.put(() => this.dialect.ended(this.memory, ending, offline));
    this.ended();
  }
}
