import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Home } from '../../apps/all-in-one/src/home';
import { startNetwork } from '../../apps/all-in-one/src/network';

/** The whole platform as a process of its own, on a fresh folder; says where it is. */
const folder = mkdtempSync(path.join(tmpdir(), 'voltledger-bench-'));

async function start(): Promise<void> {
  const network = await startNetwork(new Home(folder), { ...process.env, LOG_LEVEL: 'error' });
  process.on('SIGTERM', () => {
    network.close().then(() => {
      rmSync(folder, { recursive: true, force: true });
      process.exit(0);
    }, fail);
  });
  process.send?.({ kind: 'up', url: network.url, adminKey: network.adminKey });
}

function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}

start().catch(fail);
