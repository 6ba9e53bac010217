import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { freePorts } from '../free-ports';
import { brokerAnswers } from './broker-answers';
import { SMALL, brokerSettings } from './broker-settings';
import { type KafkaEngine } from './kafka-engine';
import { KAFKA_VERSION } from './kafka-jars';

const IMAGE = `apache/kafka:${KAFKA_VERSION}`;
const ENGINE_PATIENCE_MS = 5_000;
const PULL_PATIENCE_MS = 300_000;

/** Whether a Docker engine answers: the program alone is not enough. */
export const dockerAnswers = (): boolean =>
  spawnSync('docker', ['info'], { stdio: 'ignore', timeout: ENGINE_PATIENCE_MS }).status === 0;

/** A broker in a container. Stopped or killed, it keeps its data and its port. */
export class DockerKafka implements KafkaEngine {
  readonly container = `voltledger-kafka-${randomUUID().slice(0, 8)}`;
  private created = false;

  private constructor(private readonly port: number) {}

  static async make(): Promise<DockerKafka> {
    const [port = 0] = await freePorts(1);
    return new DockerKafka(port);
  }

  get broker(): string {
    return `127.0.0.1:${this.port}`;
  }

  get description(): string {
    return `Docker image ${IMAGE} (${this.broker})`;
  }

  async start(): Promise<void> {
    if (this.created) docker('start', this.container);
    else docker('run', '--detach', '--name', this.container, ...this.parameters());
    this.created = true;
    await brokerAnswers(this.broker, () => undefined);
  }

  stop(): Promise<void> {
    docker('stop', this.container);
    return Promise.resolve();
  }

  kill(): Promise<void> {
    docker('kill', this.container);
    return Promise.resolve();
  }

  remove(): Promise<void> {
    if (this.created) docker('rm', '--force', '--volumes', this.container);
    return Promise.resolve();
  }

  private parameters(): string[] {
    const settings = brokerSettings({ port: this.port, controllerPort: 9093 }, '/tmp/kraft');
    const inside = {
      ...settings,
      ...SMALL,
      listeners: `PLAINTEXT://:${this.port},CONTROLLER://:9093`,
      'controller.quorum.bootstrap.servers': 'localhost:9093',
    };
    const variables = Object.entries(inside).map(
      ([name, value]) => `KAFKA_${name.toUpperCase().replaceAll('.', '_')}=${value}`,
    );
    const published = `127.0.0.1:${this.port}:${this.port}`;
    return ['--publish', published, ...variables.flatMap((each) => ['--env', each]), IMAGE];
  }
}

function docker(...parameters: string[]): void {
  const { status, stderr, error } = spawnSync('docker', parameters, {
    encoding: 'utf8',
    timeout: PULL_PATIENCE_MS,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`docker ${parameters[0] ?? ''}: ${stderr.trim()}`);
}
