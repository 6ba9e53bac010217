import { type MessageBus } from '@voltledger/kernel';
import { type HealthState } from '../telemetry';
import { type ParkedMessages } from './parked-messages';

/** The bus of a process, as those see it who run the process. */
export interface RunningBus extends MessageBus {
  readonly parked: ParkedMessages;
  /** Groups of this process whose handler fails on some partition. */
  heldBack(): string[];
  /** What carries the messages, when that is not the database. */
  readonly carrier?: { readonly name: string; state(): HealthState };
  /** Finishes what is begun, gives everything back. */
  close(): Promise<void>;
  /** Stops without finishing or giving anything back, as a process that is killed. For tests. */
  abandon(): Promise<void>;
}
