import { type GroupSubscription } from '@voltledger/kernel';
import { groupNotHere } from '../message-bus/parked-messages';
import { type KafkaGroup } from './kafka-group';

/** A group that this process reads for; it runs once Kafka has answered. */
export interface GroupEntry {
  readonly subscription: GroupSubscription;
  running?: KafkaGroup;
}

/** The groups of one process. */
export class KafkaGroups {
  private readonly entries = new Map<string, GroupEntry>();

  enter(subscription: GroupSubscription): GroupEntry {
    const { group } = subscription;
    if (this.entries.has(group)) throw new Error(`this process reads for ${group} already`);
    const entry: GroupEntry = { subscription };
    this.entries.set(group, entry);
    return entry;
  }

  async leave(entry: GroupEntry): Promise<void> {
    if (this.has(entry)) this.entries.delete(entry.subscription.group);
    await entry.running?.stop();
  }

  of(group: string): GroupEntry | undefined {
    return this.entries.get(group);
  }

  /** Whether it is still wanted. */
  has(entry: GroupEntry): boolean {
    return this.entries.get(entry.subscription.group) === entry;
  }

  running(): KafkaGroup[] {
    return [...this.entries.values()].flatMap(({ running }) => running ?? []);
  }

  async each(work: (group: KafkaGroup) => Promise<void>): Promise<void> {
    await Promise.all(this.running().map(work));
  }

  async stop(): Promise<void> {
    await this.each((group) => group.stop());
    this.entries.clear();
  }

  /** @throws DomainError GROUP_NOT_HERE when another process reads for that group. */
  handlerOf(group: string): GroupSubscription['handle'] {
    const entry = this.entries.get(group);
    if (!entry) throw groupNotHere(group);
    return entry.subscription.handle;
  }
}
