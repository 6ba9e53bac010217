/** Lets at most `places` pieces of work in at once; the others wait in order. */
export class Gate {
  private readonly queue: (() => void)[] = [];

  constructor(private places: number) {}

  async through<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.places === 0) await new Promise<void>((enter) => this.queue.push(enter));
    else this.places -= 1;
    try {
      return await work();
    } finally {
      const next = this.queue.shift();
      if (next) next();
      else this.places += 1;
    }
  }
}
