import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { eventually, freePorts } from '@voltledger/testing';

const ROOT = path.resolve(__dirname, '..', '..');
const LAUNCH = path.join(ROOT, 'scripts', 'launch.mjs');
const START_PATIENCE_MS = 90_000;

/** A gateway in a process of its own, to be killed. */
export class GatewayProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly ocppUrl: string,
  ) {}

  /** Resolves when it is ready. */
  static async start(settings: Readonly<Record<string, string>>): Promise<GatewayProcess> {
    const [http, ocpp] = await freePorts(2);
    const { NODE_ENV: _test, ...environment } = process.env;
    const ports = { HTTP_PORT: String(http), OCPP_PORT: String(ocpp), OCPP_HOST: '127.0.0.1' };
    const child = spawn(process.execPath, [LAUNCH, 'apps/ocpp-gateway/src/main'], {
      cwd: ROOT,
      env: { ...environment, LOG_LEVEL: 'error', ...ports, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        said = (said + data.toString()).slice(-5_000);
      });
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error(`it ended: ${said}`);
      const { status } = await fetch(`http://127.0.0.1:${http}/health/ready`);
      if (status !== 200) throw new Error(`not ready: ${said}`);
    }, START_PATIENCE_MS);
    return new GatewayProcess(child, `ws://127.0.0.1:${ocpp}/ocpp`);
  }

  /** At once, in the middle of whatever it does: `kill -9`. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }
}
