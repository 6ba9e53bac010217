/** A bucket of tokens: so many frames a second, and a burst of some seconds' worth. */
const BURST_SECONDS = 5;

/** How fast one station may speak (OCPP-J-RPC-23). Time in milliseconds of any clock. */
export class FramePace {
  private tokens: number;
  private readonly burst: number;

  constructor(
    private readonly perSecond: number,
    private at: number,
  ) {
    this.burst = perSecond * BURST_SECONDS;
    this.tokens = this.burst;
  }

  /** Takes one frame. @returns milliseconds to read nothing for. */
  take(now: number): number {
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.at) / 1_000) * this.perSecond);
    this.at = now;
    this.tokens -= 1;
    return this.tokens >= 0 ? 0 : (-this.tokens / this.perSecond) * 1_000;
  }
}
