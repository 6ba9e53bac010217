const ENOUGH = 20;

/**
 * What a handler does with its transaction. One that writes there is best given many entries at
 * once; one that never does (it brings commands to aggregates, say) is best given many slots side
 * by side. We find out by watching; a wrong guess costs time, nothing else.
 */
export class Manner {
  private unused = 0;

  /** The handler has not written in its transaction for a while. */
  get apart(): boolean {
    return this.unused >= ENOUGH;
  }

  saw(used: boolean): void {
    this.unused = used ? 0 : this.unused + 1;
  }
}
