import { sharesOf } from './membership';
import { type Offsets } from './offsets';
import { PARTITIONS, type Place, type Slot, slotKey } from './partitions';

/** Reads the slots it is given. */
export interface SlotReader {
  take(places: readonly Place[]): void;
  drop(slots: readonly Slot[]): Promise<void>;
  wake(): void;
  readonly heldBack: boolean;
  isBeyond(place: Place): boolean;
  lag(): Lag[];
  stop(): Promise<void>;
}

export interface Lag {
  readonly topic: string;
  /** Still to be read. */
  readonly entries: number;
}

export interface LogReaderParts {
  readonly reader: string;
  readonly member: string;
  /** All, also those to come, when undefined. */
  readonly topics: readonly string[] | undefined;
  readonly startAt: 'first' | 'end';
  readonly offsets: Offsets;
  readonly lanes: readonly SlotReader[];
}

/** One reader in this process: it owns its share of the slots and has lanes read them. */
export class LogReader {
  private readonly topics: Set<string>;
  private readonly owned = new Map<string, Slot>();
  private share: readonly number[] = [];
  private rebalancing: Promise<void> = Promise.resolve();

  constructor(private readonly parts: LogReaderParts) {
    this.topics = new Set(parts.topics);
  }

  get name(): string {
    return this.parts.reader;
  }

  /** All, when undefined. */
  get topicsRead(): readonly string[] | undefined {
    return this.parts.topics;
  }

  reads(topic: string): boolean {
    return this.topics.has(topic);
  }

  /** @param heads where its topics end now, as far as they have begun. */
  async begin(heads: readonly Place[]): Promise<void> {
    const { topics, startAt, offsets } = this.parts;
    if (!topics) for (const { topic } of heads) this.topics.add(topic);
    const passing = startAt === 'end';
    await offsets.begin([...this.topics], passing ? heads : [], passing);
  }

  /** Something was written at these places. */
  async follow(places: readonly Place[], members: readonly string[]): Promise<void> {
    if (await this.discover(places)) await this.rebalance(members);
    const concerned = places.filter(({ topic }) => this.topics.has(topic));
    for (const lane of new Set(concerned.map((place) => this.laneOf(place)))) lane?.wake();
  }

  wake(): void {
    for (const lane of this.parts.lanes) lane.wake();
  }

  /** Gives up what is no longer ours, and takes what is. One after the other. */
  rebalance(members: readonly string[]): Promise<void> {
    return this.inTurn(() => this.rebalanceNow(members));
  }

  /** The same, after a look at what is written down: somebody may have set us back. */
  verify(members: readonly string[]): Promise<void> {
    return this.inTurn(async () => {
      await this.letGoOfWrong();
      await this.rebalanceNow(members);
    });
  }

  /** What the lanes found to be no longer ours is claimed again with the next rebalancing. */
  lost(lane: SlotReader): void {
    for (const [key, slot] of this.owned) if (this.laneOf(slot) === lane) this.owned.delete(key);
  }

  get heldBack(): boolean {
    return this.parts.lanes.some(({ heldBack }) => heldBack);
  }

  lag(): Lag[] {
    return this.parts.lanes.flatMap((lane) => lane.lag());
  }

  async stop(): Promise<void> {
    await Promise.all(this.parts.lanes.map((lane) => lane.stop()));
    await this.rebalancing.catch(() => undefined);
    const { offsets, startAt } = this.parts;
    if (startAt === 'end') await offsets.forget();
    else await offsets.release([...this.owned.values()]);
    this.owned.clear();
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    this.rebalancing = this.rebalancing.catch(() => undefined).then(work);
    return this.rebalancing;
  }

  private async letGoOfWrong(): Promise<void> {
    const written = await this.parts.offsets.look([...this.topics], this.share);
    const wrong = written.filter(
      (place) =>
        this.owned.has(slotKey(place)) &&
        (place.owner !== this.parts.member || this.laneOf(place)?.isBeyond(place)),
    );
    await this.dropAll(wrong);
  }

  private async discover(places: readonly Place[]): Promise<boolean> {
    if (this.parts.topics) return false;
    const found = [...new Set(places.map(({ topic }) => topic))].filter(
      (topic) => !this.topics.has(topic),
    );
    if (found.length === 0) return false;
    await this.parts.offsets.begin(found, [], this.parts.startAt === 'end');
    for (const topic of found) this.topics.add(topic);
    return true;
  }

  private async rebalanceNow(members: readonly string[]): Promise<void> {
    const { reader, member, offsets } = this.parts;
    this.share = sharesOf(reader, member, members);
    const mine = new Set(this.share);
    await this.giveUp([...this.owned.values()].filter(({ partition }) => !mine.has(partition)));
    if (this.owned.size === this.share.length * this.topics.size) return;
    const gained = (await offsets.claim([...this.topics], this.share, members)).filter(
      (place) => !this.owned.has(slotKey(place)),
    );
    for (const place of gained) {
      this.owned.set(slotKey(place), place);
      this.laneOf(place)?.take([place]);
    }
  }

  private async giveUp(slots: readonly Slot[]): Promise<void> {
    if (slots.length === 0) return;
    await this.dropAll(slots);
    await this.parts.offsets.release(slots);
  }

  private async dropAll(slots: readonly Slot[]): Promise<void> {
    await Promise.all(
      this.parts.lanes.map((lane) => lane.drop(slots.filter((slot) => this.laneOf(slot) === lane))),
    );
    for (const slot of slots) this.owned.delete(slotKey(slot));
  }

  /** Neighbouring partitions share a lane: members take every n-th partition, so all lanes get some. */
  private laneOf({ partition }: Slot): SlotReader | undefined {
    const { lanes } = this.parts;
    return lanes[Math.floor((partition * lanes.length) / PARTITIONS)];
  }
}
