import { mkdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type ServerFiles, passwordIn, prepareData, serverFiles } from './data-folder';
import { noSpace, notStartable, unreachableForNobody } from './embedded-postgres-error';
import { Keeper } from './keeper';
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries';
import {
  type Postmaster,
  forgetStalePostmaster,
  freePort,
  launch,
  runningPostmaster,
  shutDown,
} from './postmaster';
import { type ServerAccount, serverAccount } from './server-account';
import { socketFolder, socketParameter } from './server-sockets';
import { SERVER_SETTINGS, type ServerSettings } from './server-settings';

const START_PATIENCE_MS = 60_000;
const RETRY_EVERY_MS = 100;

export interface EmbeddedPostgresOptions {
  /** Holds data, password and log. Created when missing. */
  readonly folder: string;
  /** Wanted port; any free one when left out or in use. */
  readonly port?: number;
  readonly settings?: ServerSettings;
  /** Told when the server was lost and came back. */
  readonly report?: (what: string) => void;
}

interface Held {
  readonly keeper: Keeper;
  readonly postmaster: Postmaster;
}

/**
 * A PostgreSQL server that came with npm. Processes that name the same folder share it: the first
 * starts it, the last stops it. When the server dies it is started again, on the same port.
 */
export class EmbeddedPostgres {
  private stopping = false;
  private restarted: Promise<void> = Promise.resolve();

  private constructor(
    private readonly launcher: Launcher,
    private held: Held,
    private readonly report: (what: string) => void,
  ) {
    this.watch();
  }

  /** @throws EmbeddedPostgresError saying what to do. */
  static async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const launcher = Launcher.in(options);
    const held = await launcher.hold(options.port);
    return new EmbeddedPostgres(launcher, held, options.report ?? (() => undefined));
  }

  get port(): number {
    return this.held.postmaster.port;
  }

  get pid(): number {
    return this.held.postmaster.pid;
  }

  url(database = 'postgres'): string {
    return this.launcher.url(this.port, database);
  }

  /** Stops the server, unless another process needs it. */
  async stop(): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    await this.restarted;
    const { keeper, postmaster } = this.held;
    if ((await keeper.leave()) === 'others remain') return;
    await shutDown(postmaster, this.launcher);
    await keeper.close();
  }

  private watch(): void {
    void this.held.keeper.lost.then(() => {
      if (!this.stopping) this.restarted = this.restart();
    });
  }

  private async restart(): Promise<void> {
    this.report('The embedded PostgreSQL was lost; starting it again.');
    const { port } = this.held.postmaster;
    try {
      this.held = await this.launcher.hold(port, 'this port only');
    } catch (error) {
      this.report(`The embedded PostgreSQL did not come back: ${String(error)}`);
      await pause(1_000);
      if (!this.stopping) return this.restart();
      return;
    }
    this.report('The embedded PostgreSQL is back.');
    this.watch();
  }
}

/** Starts the server, or finds it started. */
class Launcher {
  private constructor(
    readonly files: ServerFiles,
    readonly binaries: PostgresBinaries,
    readonly account: ServerAccount,
    private readonly settings: ServerSettings,
  ) {}

  static in({ folder, settings }: EmbeddedPostgresOptions): Launcher {
    const files = serverFiles(folder);
    mkdirSync(files.folder, { recursive: true });
    const all = { ...SERVER_SETTINGS, ...settings };
    return new Launcher(files, postgresBinaries(), serverAccount(files.data), all);
  }

  url(port: number, database: string): string {
    const server = `postgres://postgres:${passwordIn(this.files)}@127.0.0.1:${port}`;
    return `${server}/${database}${socketParameter(this.files, port)}`;
  }

  async hold(wanted?: number, portChoice?: 'this port only'): Promise<Held> {
    prepareData(this.files, this.binaries, this.account);
    const patience = performance.now() + START_PATIENCE_MS;
    let port = wanted ?? (await freePort());
    for (;;) {
      const found = await this.attach();
      if (found) return found;
      const outcome = await this.launchUnlessRunning(port);
      if (outcome === 'port in use' && !portChoice) port = await freePort();
      if (performance.now() > patience) throw notStartable(this.files.log, outcome);
      await pause(outcome === 'ready' ? 0 : RETRY_EVERY_MS);
    }
  }

  private async attach(): Promise<Held | undefined> {
    const postmaster = runningPostmaster(this.files);
    if (postmaster?.status !== 'ready') return undefined;
    const keeper = await Keeper.on(this.url(postmaster.port, 'postgres'));
    return keeper && { keeper, postmaster };
  }

  private async launchUnlessRunning(port: number): Promise<string> {
    forgetStalePostmaster(this.files);
    if (runningPostmaster(this.files)) return 'it is starting or stopping';
    const settings = {
      unix_socket_directories: socketFolder(this.files, this.account),
      ...this.settings,
    };
    const outcome = await launch({ ...this.parts(), port, settings });
    return 'said' in outcome ? this.judge(outcome.said) : 'ready';
  }

  /** @throws EmbeddedPostgresError unless it may work the next time. */
  private judge(said: string): string {
    if (/could not bind|could not create any TCP/.test(said)) return 'port in use';
    // Another process was faster, or the children of a killed server are still about to end.
    if (/lock file .* already exists|still in use/.test(said)) return said;
    if (/no space left/i.test(said)) throw noSpace(this.files.folder);
    if (said === '' && this.account.ids.uid !== undefined)
      throw unreachableForNobody(this.binaries.postgres, undefined);
    throw notStartable(this.files.log, said.trim().split('\n').slice(-5).join('\n'));
  }

  private parts(): Pick<Launcher, 'files' | 'binaries' | 'account'> {
    return { files: this.files, binaries: this.binaries, account: this.account };
  }
}
