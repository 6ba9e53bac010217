import { type GroupSubscription, type Message } from '@voltledger/kernel';
import { type Connections, type PgTransaction } from '../database';
import { type Place, type Slot, slotKey } from '../log';
import { type Reports } from '../telemetry';
import { FetchedRecords } from './fetched-records';
import { GroupLanes } from './group-lanes';
import { type FetchedBatch, GroupMember } from './group-member';
import { type KafkaClient } from './kafka-client';
import { type KafkaCluster } from './kafka-cluster';
import { KafkaPositions } from './kafka-positions';
import { entryOf } from './kafka-record';
import { Origins } from './origins';
import { withinKafka } from './within-kafka';

const RETRY_MS = 300;

export interface KafkaGroupParts {
  readonly subscription: GroupSubscription;
  readonly client: KafkaClient;
  readonly cluster: KafkaCluster;
  readonly clusterId: string;
  /** Our own log's name. */
  readonly source: string;
  readonly sessionMs: number;
  readonly connections: Connections;
  readonly handlers: Connections;
  readonly reports: Reports;
  readonly park: (reason: string, message: Message, tx: PgTransaction) => Promise<void>;
}

/** One group in this process: which partitions are ours, and what was fetched of them. */
export class KafkaGroup {
  readonly positions: KafkaPositions;
  private readonly origins = new Origins();
  private readonly records: FetchedRecords;
  private readonly lanes: GroupLanes;
  private readonly member: GroupMember;
  private readonly owned = new Map<string, Slot>();
  /** Where Kafka left something out, and we have asked for it again. */
  private readonly askedAgain = new Map<string, number>();
  private assignment: readonly Slot[] = [];
  private reconciling: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly parts: KafkaGroupParts) {
    const { connections, clusterId } = parts;
    this.positions = new KafkaPositions(connections, clusterId, this.name, this.origins);
    this.records = new FetchedRecords((slot) => {
      this.member.resume([slot]);
    });
    this.lanes = new GroupLanes({
      ...parts,
      origins: this.origins,
      records: this.records,
      positions: this.positions,
      onLost: (isOfLane) => {
        this.lost(isOfLane);
      },
    });
    this.member = this.makeMember();
  }

  get name(): string {
    return this.parts.subscription.group;
  }

  get topics(): readonly string[] {
    return this.parts.subscription.topics;
  }

  get heldBack(): boolean {
    return this.lanes.heldBack;
  }

  start(): Promise<void> {
    return this.member.start();
  }

  /** Kafka has more than what we have fetched. */
  raise(heads: readonly Place[]): void {
    this.lanes.raise(heads.filter((head) => this.owned.has(slotKey(head))));
  }

  lag() {
    return this.lanes.lag();
  }

  /** Tells Kafka's tools how far we are. */
  hint(): Promise<void> {
    return this.member.hint(this.lanes.places());
  }

  /** Looks at what is written down: somebody may have set the group back. */
  verify(): Promise<void> {
    return this.inTurn(async () => {
      const written = await this.positions.look([...this.owned.values()]);
      await this.dropAll(written.filter((place) => this.lanes.isBeyond(place)));
      await this.reconcileNow();
    });
  }

  /** What is being handled is finished; then the others get our partitions. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.lanes.stop();
    await this.reconciling;
    await this.hint();
    await this.member.stop();
    if (this.parts.subscription.startAt === 'end') await this.positions.forget();
  }

  /** As a process that is killed, once its connections are cut. */
  async abandon(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.member.abandon();
  }

  private makeMember(): GroupMember {
    const { client, cluster, sessionMs, reports } = this.parts;
    return new GroupMember({
      ...{ client, sessionMs },
      topics: cluster.topics,
      groupId: cluster.topics.nameOf(this.name),
      read: this.topics,
      listener: {
        assigned: (slots) => {
          this.take(slots);
        },
        fetched: (batch) => this.fetched(batch),
        failed: (error) => {
          reports.report(error, { work: this.name });
        },
      },
    });
  }

  /** Called before anything of the new assignment is fetched. */
  private take(slots: readonly Slot[]): void {
    this.assignment = slots;
    this.member.pause(slots.filter((slot) => !this.owned.has(slotKey(slot))));
    for (const slot of slots) {
      const next = this.records.next(slot);
      if (next !== undefined) this.member.seek({ ...slot, position: next });
    }
    void this.inTurn(() => this.reconcileNow());
  }

  private fetched({ from, messages, lastOffset, head, ...slot }: FetchedBatch): boolean {
    const next = this.records.next(slot);
    if (next === undefined) return false;
    const key = slotKey(slot);
    if (from > next && this.askedAgain.get(key) !== next) {
      this.askedAgain.set(key, next);
      this.member.seek({ ...slot, position: next });
      return false;
    }
    const entries = messages.map((message) => entryOf(slot, message));
    this.records.add(slot, entries, lastOffset);
    if (this.records.isFull(slot)) this.member.pause([slot]);
    this.lanes.raise([{ ...slot, position: Math.max(head, lastOffset + 1) }]);
    this.lanes.wake(slot);
    return true;
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    this.reconciling = this.reconciling
      .then(() => (this.stopped ? undefined : work()))
      .catch((error: unknown) => {
        this.parts.reports.report(error, { work: this.name });
        this.reconcileSoon();
      });
    return this.reconciling;
  }

  private reconcileSoon(): void {
    clearTimeout(this.timer);
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.inTurn(() => this.reconcileNow()), RETRY_MS);
  }

  private async reconcileNow(): Promise<void> {
    const wanted = new Set(this.assignment.map(slotKey));
    await this.dropAll([...this.owned.values()].filter((slot) => !wanted.has(slotKey(slot))));
    await this.begin(this.assignment.filter((slot) => !this.owned.has(slotKey(slot))));
  }

  private async begin(slots: readonly Slot[]): Promise<void> {
    if (slots.length === 0) return;
    const { cluster, source } = this.parts;
    const ends = await cluster.watermarks([...new Set(slots.map(({ topic }) => topic))]);
    const claimed = await this.positions.claim(slots, source);
    for (const position of claimed) {
      const end = ends.find((each) => slotKey(each) === slotKey(position));
      const place = await withinKafka(position, end, this.positions, (error, facts) => {
        this.parts.reports.report(error, { work: this.name, facts });
      });
      this.owned.set(slotKey(place), place);
      this.origins.put(slotKey(place), position.origins);
      this.records.open(place);
      this.member.seek(place);
      this.lanes.take(place);
    }
    this.raise(ends);
    this.member.resume(claimed);
  }

  private async dropAll(slots: readonly Slot[]): Promise<void> {
    if (slots.length === 0) return;
    this.member.pause(slots);
    await this.lanes.drop(slots);
    this.release(slots);
  }

  private lost(isOfLane: (slot: Slot) => boolean): void {
    const slots = [...this.owned.values()].filter(isOfLane);
    this.member.pause(slots);
    this.release(slots);
    this.reconcileSoon();
  }

  private release(slots: readonly Slot[]): void {
    for (const slot of slots) {
      this.owned.delete(slotKey(slot));
      this.records.close(slot);
      this.origins.forget(slotKey(slot));
    }
  }
}
