import { type KurrentDBClient, type Position } from '@kurrent/kurrentdb-client';
import { type StoreSubscription, type Subscription } from '@voltledger/kernel';
import { backOffMs } from '../back-off';
import { type Connections } from '../database';
import { NoLongerOurs, Recurring } from '../log';
import { type Reports } from '../telemetry';
import { CatchUp, type Place } from './catch-up';
import { Pause } from './pause';
import { ReaderPositions } from './reader-positions';

const BATCH_MAX = 500;
const RENEW_MS = 2_500;
const OTHERS_TURN_MS = 500;
const FAILED = { firstMs: 100, mostMs: 5_000 };

export interface KurrentReaderParts {
  readonly client: KurrentDBClient;
  readonly installation: () => Promise<string>;
  /** For the transactions of the handler. */
  readonly handlers: Connections;
  readonly connections: Connections;
  readonly member: string;
  readonly reports: Reports;
}

/**
 * Follows the log of everything from a checkpoint. Of the processes that use a reader's name one
 * reads, and another goes on when it leaves or dies; what the handler writes and the checkpoint are
 * one transaction. It reconnects for as long as it takes.
 */
export class KurrentReader implements Subscription {
  private readonly pause = new Pause();
  private readonly renewals: Recurring;
  private catchUp: CatchUp | undefined;
  private positions: ReaderPositions | undefined;
  private failures = 0;
  private batch = BATCH_MAX;
  private stopped = false;
  private readonly done: Promise<void>;

  constructor(
    private readonly parts: KurrentReaderParts,
    private readonly subscription: StoreSubscription,
  ) {
    this.renewals = new Recurring(parts.reports);
    this.renewals.every(subscription.reader, RENEW_MS, () => this.renew());
    this.done = this.run();
  }

  /** What it cannot get on with: the server is away, or its handler fails. */
  get failing(): boolean {
    return this.failures > 0;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.pause.end();
    this.catchUp?.nudge();
    await this.done;
    await this.renewals.stop();
    await this.positions?.release();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        const positions = await this.known();
        const from = await positions.claim();
        if (from) await this.follow(positions, from);
        else await this.pause.for(OTHERS_TURN_MS);
      } catch (error) {
        await this.failed(error);
      }
    }
  }

  private async known(): Promise<ReaderPositions> {
    const { connections, member, installation } = this.parts;
    const { reader } = this.subscription;
    this.positions ??= new ReaderPositions(connections, await installation(), reader, member);
    return this.positions;
  }

  /** Until we stop, the connection breaks, or another process takes over. */
  private async follow(positions: ReaderPositions, from: Position): Promise<void> {
    const catchUp = new CatchUp(this.parts.client, from, this.subscription.categories);
    this.catchUp = catchUp;
    let at = from;
    try {
      while (!this.isStopped()) {
        const places = catchUp.take(this.batch);
        if (places.length === 0) await catchUp.changed();
        else at = await this.handled(positions, at, places);
      }
    } finally {
      this.catchUp = undefined;
      await catchUp.close();
    }
  }

  private async handled(
    positions: ReaderPositions,
    from: Position,
    places: readonly Place[],
  ): Promise<Position> {
    const to = places.at(-1)?.position ?? from;
    const events = places.flatMap(({ event }) => event ?? []);
    await this.parts.handlers.pgTransaction(async (tx) => {
      if (events.length > 0) await this.subscription.handle(events, tx);
      await positions.move(tx, from, to);
    });
    this.failures = 0;
    this.batch = Math.min(BATCH_MAX, this.batch * 2);
    return to;
  }

  /** Smaller steps next time, so that what stands before a bad event gets through. */
  private async failed(error: unknown): Promise<void> {
    if (this.stopped || error instanceof NoLongerOurs) return;
    this.failures += 1;
    this.batch = Math.max(1, Math.floor(this.batch / 4));
    this.parts.reports.report(error, { work: this.subscription.reader });
    await this.pause.for(backOffMs(FAILED, this.failures));
  }

  private async renew(): Promise<void> {
    if (!this.catchUp) return;
    await this.positions?.renew().catch((error: unknown) => {
      if (!(error instanceof NoLongerOurs)) throw error;
      void this.catchUp?.close();
    });
  }

  /** A stop may come during any `await`. */
  private isStopped(): boolean {
    return this.stopped;
  }
}
