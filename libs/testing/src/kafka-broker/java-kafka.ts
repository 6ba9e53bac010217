import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { freePorts } from '../free-ports';
import { brokerAnswers } from './broker-answers';
import { brokerSettings } from './broker-settings';
import { type Java, findJava } from './java';
import { KAFKA_VERSION, kafkaJars } from './kafka-jars';
import { type KafkaEngine } from './kafka-engine';

/** A small heap and a quick start matter more here than throughput. */
const JVM = [
  '-Xms64m',
  '-Xmx384m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
];
const STOP_PATIENCE_MS = 15_000;

/** A broker from Kafka's own jars. It outlives us unless it is stopped: see `pid`. */
export class JavaKafka implements KafkaEngine {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
    private readonly java: Java,
    private readonly classPath: string,
  ) {}

  /** @throws KafkaUnavailable when there is no Java, or no way to Kafka's jars. */
  static async in(folder: string): Promise<JavaKafka> {
    const java = findJava();
    const classPath = path.join(kafkaJars(), '*');
    const [port = 0, controllerPort = 0] = await freePorts(2);
    const kafka = new JavaKafka(folder, port, java, classPath);
    kafka.format(brokerSettings({ port, controllerPort }, path.join(folder, 'data')));
    return kafka;
  }

  get broker(): string {
    return `127.0.0.1:${this.port}`;
  }

  get description(): string {
    return `Kafka ${KAFKA_VERSION}, its own jars on Java ${this.java.version} (${this.broker})`;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  async start(): Promise<void> {
    if (this.child) return;
    const log = openSync(this.log, 'a');
    const child = spawn(
      this.java.program,
      [...JVM, '-cp', this.classPath, 'kafka.Kafka', this.properties],
      { cwd: this.folder, detached: true, stdio: ['ignore', log, log] },
    );
    closeSync(log);
    child.unref();
    this.child = child;
    try {
      await brokerAnswers(this.broker, () => {
        if (hasEnded(child)) throw new Error(`Kafka did not start:\n${this.lastWords()}`);
      });
    } catch (error) {
      await this.kill();
      throw error;
    }
  }

  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get properties(): string {
    return path.join(this.folder, 'server.properties');
  }

  private get log(): string {
    return path.join(this.folder, 'kafka.log');
  }

  private lastWords(): string {
    return existsSync(this.log) ? readFileSync(this.log, 'utf8').slice(-2_000) : '(none)';
  }

  private format(settings: Readonly<Record<string, string>>): void {
    mkdirSync(this.folder, { recursive: true });
    const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
    writeFileSync(this.properties, `${lines.join('\n')}\n`);
    const cluster = randomBytes(16).toString('base64url');
    const format = ['format', '--standalone', '-t', cluster, '-c', this.properties];
    const { status, stdout, stderr } = spawnSync(
      this.java.program,
      [...JVM, '-cp', this.classPath, 'kafka.tools.StorageTool', ...format],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`Kafka's data could not be prepared:\n${stdout}${stderr}`);
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || hasEnded(child)) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
    await ended;
    clearTimeout(impatience);
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;
