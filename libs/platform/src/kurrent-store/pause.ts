/** Waits that can be cut short for good. */
export class Pause {
  private ended = false;
  private readonly waiting = new Set<() => void>();

  async for(milliseconds: number): Promise<void> {
    if (this.ended) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.waiting.add(done);
    });
  }

  end(): void {
    this.ended = true;
    for (const done of this.waiting) done();
  }
}
