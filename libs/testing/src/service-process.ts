import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { eventually } from './eventually';

const START_PATIENCE_MS = 120_000;
const SAID_MAX = 20_000;

/** The checkout that this file belongs to, built or not. */
function root(): string {
  let folder = __dirname;
  while (!existsSync(path.join(folder, 'scripts', 'launch.mjs'))) folder = path.dirname(folder);
  return folder;
}

export interface ServiceProcessOptions {
  /** As in `apps/<name>`. */
  readonly service: string;
  /** With `HTTP_PORT`, which has to be free. */
  readonly settings: Readonly<Record<string, string>>;
}

/** One service in a process of its own: `node dist/apps/<service>/src/main`, to be ended at will. */
export class ServiceProcess {
  private child: ChildProcess | undefined;
  private output = '';

  constructor(private readonly options: ServiceProcessOptions) {}

  get service(): string {
    return this.options.service;
  }

  /** Its HTTP, without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${this.options.settings['HTTP_PORT'] ?? ''}`;
  }

  get running(): boolean {
    return this.child?.exitCode === null && this.child.signalCode === null;
  }

  /** Resolves when it says that it is ready. */
  async start(): Promise<void> {
    const { NODE_ENV: _test, ...environment } = process.env;
    const launch = path.join(root(), 'scripts', 'launch.mjs');
    const child = spawn(process.execPath, [launch, `apps/${this.service}/src/main`], {
      cwd: root(),
      env: { ...environment, ...this.options.settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        this.output = (this.output + data.toString()).slice(-SAID_MAX);
      });
    await eventually(async () => {
      if (!this.running) throw new Error(`${this.service} ended: ${this.output}`);
      const { status } = await fetch(`${this.url}/health/ready`);
      if (status !== 200) throw new Error(`${this.service} is not ready: ${this.output}`);
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

  /** It finishes what it has begun. @returns its exit code. */
  stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    if (child && this.running) {
      const exit = once(child, 'exit');
      child.kill(signal);
      await exit;
    }
    return child?.exitCode ?? null;
  }
}
