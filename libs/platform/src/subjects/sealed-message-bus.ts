import {
  type GroupSubscription,
  type OutgoingMessage,
  type Subscription,
  type Transaction,
} from '@voltledger/kernel';
import { type RunningBus } from '../message-bus';
import { type PersonalData } from './ports';

/** A bus on which nothing tells who charged, whatever carries it: sealed going in, opened coming out. */
export class SealedMessageBus implements RunningBus {
  /** While a key is fetched, what is published later waits: messages of one key keep their order. */
  private turn: Promise<unknown> | undefined;

  constructor(
    private readonly bus: RunningBus,
    private readonly personal: PersonalData,
  ) {}

  get parked(): RunningBus['parked'] {
    return this.bus.parked;
  }

  get carrier(): RunningBus['carrier'] {
    return this.bus.carrier;
  }

  publish(messages: readonly OutgoingMessage[], tx?: Transaction): Promise<void> {
    const sealed = this.turn
      ? this.turn.then(() => this.personal.seal(messages))
      : this.personal.seal(messages);
    if (!(sealed instanceof Promise)) return this.bus.publish(sealed, tx);
    this.takeTurn(sealed);
    return sealed.then((ready) => this.bus.publish(ready, tx));
  }

  subscribe({ handle, ...subscription }: GroupSubscription): Promise<Subscription> {
    return this.bus.subscribe({
      ...subscription,
      handle: async (message, tx) => handle(await this.personal.open(message), tx),
    });
  }

  rewind(group: string, tx: Transaction): Promise<void> {
    return this.bus.rewind(group, tx);
  }

  heldBack(): string[] {
    return this.bus.heldBack();
  }

  close(): Promise<void> {
    return this.bus.close();
  }

  abandon(): Promise<void> {
    return this.bus.abandon();
  }

  /** Whoever published it is told when it went wrong; the next only waits for it to be over. */
  private takeTurn(sealed: Promise<unknown>): void {
    const turn = sealed
      .catch(() => undefined)
      .then(() => {
        if (this.turn === turn) this.turn = undefined;
      });
    this.turn = turn;
  }
}
