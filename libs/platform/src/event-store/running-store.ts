import { type EventStore } from '@voltledger/kernel';
import { type HealthState } from '../telemetry';

/** The event store of a process, as those see it who run the process. */
export interface RunningStore extends EventStore {
  /** What keeps the events, when that is not the database. */
  readonly keeper?: { readonly name: string; state(): HealthState };
  /** Subscribers finish what they are at; their checkpoints are kept. */
  close(): Promise<void>;
}
