import { type WriteStream } from 'node:tty';

const REDRAW_MS = 500;
const PLAIN_EVERY_MS = 3_000;

/**
 * Shows something that changes: drawn over itself on a terminal, printed anew from time to time
 * where there is none.
 */
export class LiveView {
  private timer: NodeJS.Timeout | undefined;
  private lines = 0;
  private drawing: Promise<void> = Promise.resolve();

  constructor(
    private readonly output: WriteStream | NodeJS.WriteStream,
    private readonly picture: () => Promise<string>,
  ) {}

  start(): void {
    const every = this.output.isTTY ? REDRAW_MS : PLAIN_EVERY_MS;
    this.timer = setInterval(() => {
      this.drawing = this.drawing.then(() => this.draw());
    }, every);
  }

  /** Draws a last time and leaves it there. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.drawing;
    await this.draw();
  }

  private async draw(): Promise<void> {
    const picture = await this.picture();
    const back = this.output.isTTY && this.lines > 0 ? `\u001b[${this.lines}A\u001b[0J` : '';
    this.output.write(`${back}${picture}\n\n`);
    this.lines = picture.split('\n').length + 1;
  }
}
