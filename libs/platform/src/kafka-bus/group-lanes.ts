import { type GroupSubscription, type Message } from '@voltledger/kernel';
import { type Connections, type PgTransaction } from '../database';
import {
  Lane,
  LogHeads,
  type Place,
  type Reading,
  RecentEntries,
  type Slot,
  type StepKeeper,
} from '../log';
import { groupReading } from '../message-bus/group-reading';
import { type Reports } from '../telemetry';
import { type FetchedRecords } from './fetched-records';
import { GroupDelivery } from './group-delivery';
import { type KafkaEntry } from './kafka-record';
import { type Origins } from './origins';

export interface GroupLanesParts {
  readonly subscription: GroupSubscription;
  readonly origins: Origins;
  readonly records: FetchedRecords;
  readonly positions: StepKeeper<KafkaEntry>;
  readonly handlers: Connections;
  readonly reports: Reports;
  readonly park: (reason: string, message: Message, tx: PgTransaction) => Promise<void>;
  /** Another member has moved on where this lane stood. */
  readonly onLost: (isOfLane: (slot: Slot) => boolean) => void;
}

/** The lanes that handle what was fetched for a group. A partition always has the same one. */
export class GroupLanes {
  private readonly heads = new LogHeads();
  private readonly lanes: readonly Lane<KafkaEntry>[];

  constructor(private readonly parts: GroupLanesParts) {
    const { subscription, origins, reports, park } = parts;
    const delivery = new GroupDelivery(subscription, origins, reports);
    const reading = groupReading<KafkaEntry>({
      ...{ subscription, reports, park },
      messageOf: ({ message }) => message,
      deliver: (entry, tx) => delivery.deliver(entry, tx),
    });
    this.lanes = Array.from({ length: reading.lanes }, (_, nth) => this.lane(reading, nth));
  }

  get heldBack(): boolean {
    return this.lanes.some(({ heldBack }) => heldBack);
  }

  /** Kafka reaches this far. */
  raise(heads: readonly Place[]): void {
    this.heads.raise(heads);
  }

  take(place: Place): void {
    this.laneOf(place)?.take([place]);
  }

  wake(slot: Slot): void {
    this.laneOf(slot)?.wake();
  }

  /** Resolves when nothing more will be done in these partitions. */
  async drop(slots: readonly Slot[]): Promise<void> {
    await Promise.all(
      this.lanes.map((lane) => lane.drop(slots.filter((slot) => this.laneOf(slot) === lane))),
    );
  }

  isBeyond(place: Place): boolean {
    return this.laneOf(place)?.isBeyond(place) ?? false;
  }

  lag() {
    const { group } = this.parts.subscription;
    return this.lanes.flatMap((lane) => lane.lag().map((lag) => ({ ...lag, reader: group })));
  }

  places(): Place[] {
    return this.lanes.flatMap((lane) => lane.places());
  }

  /** What is being handled is finished, and nothing more is begun. */
  async stop(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.stop()));
  }

  private lane(reading: Reading<KafkaEntry>, nth: number): Lane<KafkaEntry> {
    const { records, positions, handlers, onLost } = this.parts;
    return new Lane({
      reading,
      source: records,
      heads: this.heads,
      recent: new RecentEntries<KafkaEntry>(),
      steps: positions,
      connections: handlers,
      onLost: () => {
        onLost((slot) => this.laneOf(slot) === this.lanes[nth]);
      },
      onMoved: (steps) => {
        for (const { topic, partition, to } of steps)
          records.drop({ topic, partition, position: to });
      },
    });
  }

  private laneOf({ partition }: Slot): Lane<KafkaEntry> | undefined {
    return this.lanes[partition % this.lanes.length];
  }
}
