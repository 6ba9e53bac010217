const BATCH_MAX = 500;
const WAITING_MAX = 20_000;

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers what is asked for while an earlier batch is under way into the next one. Alone, a call
 * does not wait; under load, a hundred cost little more than one. They keep their order.
 */
export class Batcher<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private running = false;

  /**
   * @param work answers in the order of the items. When it fails for several items for a reason of
   * theirs, it is asked again for each of them, so that one bad item fails alone.
   * @param isTheirs whether an error is of an item's making, and nothing was done.
   */
  constructor(
    private readonly work: (items: readonly Item[]) => Promise<readonly Result[]>,
    private readonly isTheirs: (error: unknown) => boolean,
    private readonly waitingMax = WAITING_MAX,
  ) {}

  /** @throws Error when too many wait already. */
  submit(item: Item): Promise<Result> {
    if (this.waiting.length >= this.waitingMax)
      return Promise.reject(new Error(`${this.waitingMax} writes are waiting; try again later`));
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.running) return;
      this.running = true;
      // Whoever asks in this turn of the event loop comes along.
      setImmediate(() => void this.run());
    });
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) await this.settle(this.waiting.splice(0, BATCH_MAX));
    this.running = false;
  }

  private async settle(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.work(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
    } catch (error) {
      if (batch.length === 1 || !this.isTheirs(error)) for (const each of batch) each.reject(error);
      else for (const each of batch) await this.settle([each]);
    }
  }
}
