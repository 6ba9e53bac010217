import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { eventually } from '@voltledger/testing';

const ROOT = path.resolve(__dirname, '..', '..');
const LAUNCH = path.join(ROOT, 'scripts', 'launch.mjs');
const START_PATIENCE_MS = 90_000;

/** `npm start` in a process of its own, to be killed. */
export class PlatformProcess {
  private child: ChildProcess | undefined;
  private output = '';

  constructor(
    private readonly home: string,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  /** Resolves when the platform says that it is ready. */
  async start(): Promise<void> {
    const { NODE_ENV: _test, ...environment } = process.env;
    const child = spawn(
      process.execPath,
      [LAUNCH, 'apps/all-in-one/src/main', '--home', this.home],
      {
        cwd: ROOT,
        env: { ...environment, ...this.settings },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        this.output = (this.output + data.toString()).slice(-20_000);
      });
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error(`it ended: ${this.output}`);
      const { status } = await fetch(`http://127.0.0.1:${this.settings['HTTP_PORT']}/health/ready`);
      if (status !== 200) throw new Error(`not ready: ${this.output}`);
    }, START_PATIENCE_MS);
  }

  /** What it printed lately. */
  get said(): string {
    return this.output;
  }

  /** At once, in the middle of whatever it does. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** As Ctrl-C does. */
  async stop(): Promise<number | null> {
    return this.end('SIGINT');
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null)
      return child?.exitCode ?? null;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
    return child.exitCode;
  }
}
