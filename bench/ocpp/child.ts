import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { type Asked, type Said } from './protocol';

/** A process of the bench, asked one thing after the other. */
export class Child {
  private constructor(
    private readonly process: ChildProcess,
    private readonly name: string,
  ) {}

  static start(name: string, settings: Readonly<Record<string, string>> = {}): Child {
    const child = fork(path.join(__dirname, `${name}.js`), [], {
      env: { ...process.env, ...settings },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: (process.env['BENCH_NODE_ARGS'] ?? '').split(' ').filter((each) => each !== ''),
    });
    return new Child(child, name);
  }

  async ask<Kind extends Said['kind']>(
    kind: Kind,
    question?: Asked,
  ): Promise<Extract<Said, { kind: Kind }>> {
    const answer = this.next();
    if (question) this.process.send(question);
    const said = await answer;
    if (said.kind !== kind) throw new Error(`${this.name} said ${said.kind}, not ${kind}`);
    return said as Extract<Said, { kind: Kind }>;
  }

  /** Ends it and waits for the end; it tidies up first. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await ended;
  }

  private async next(): Promise<Said> {
    this.process.setMaxListeners(0);
    const ended = once(this.process, 'exit').then(([code]) => {
      throw new Error(`${this.name} ended with exit code ${String(code)}`);
    });
    const [said] = (await Promise.race([once(this.process, 'message'), ended])) as [Said];
    return said;
  }
}

/** The child's side: tells the parent, and answers what it asks. */
export function tell(said: Said): void {
  process.send?.(said);
}

export function onAsked(answer: (asked: Asked) => Promise<Said>): void {
  process.on('message', (asked: Asked) => {
    answer(asked).then(tell, fail);
  });
}

/** A child that cannot go on says why and ends. */
export function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}
