import { DockerKafka, dockerAnswers } from './docker-kafka';
import { findJava } from './java';
import { JavaKafka } from './java-kafka';
import { type KafkaEngine } from './kafka-engine';
import { mayGetJars } from './kafka-jars';

export type KafkaWay = 'given' | 'docker' | 'java';

/**
 * How a real broker is to be had here: `KAFKA_BROKERS`, else a Docker engine that answers, else
 * Kafka's own jars with the machine's Java.
 *
 * @throws KafkaUnavailable when in none of these ways; it says what to install.
 */
export function wayToKafka(): KafkaWay {
  if (process.env['KAFKA_BROKERS']) return 'given';
  if (dockerAnswers()) return 'docker';
  findJava();
  mayGetJars();
  return 'java';
}

/** A real Kafka broker for tests and local runs. Never a stand-in. */
export class KafkaBroker {
  private constructor(
    readonly way: KafkaWay,
    /** `host:port`, one or several. */
    readonly brokers: readonly string[],
    /** For people: which of the three ways it is, and what runs where. */
    readonly description: string,
    private readonly engine: KafkaEngine | undefined,
  ) {}

  /**
   * Starts a broker, or takes the given ones.
   *
   * @param folder for data and log of a broker of ours; created when missing.
   * @throws KafkaUnavailable
   */
  static async start(folder: string): Promise<KafkaBroker> {
    const way = wayToKafka();
    if (way === 'given') return KafkaBroker.given(process.env['KAFKA_BROKERS'] ?? '');
    const engine = way === 'docker' ? await DockerKafka.make() : await JavaKafka.in(folder);
    try {
      await engine.start();
    } catch (error) {
      await engine.remove();
      throw error;
    }
    return new KafkaBroker(way, [engine.broker], engine.description, engine);
  }

  private static given(list: string): KafkaBroker {
    const description = `the brokers of KAFKA_BROKERS (${list})`;
    return new KafkaBroker('given', list.split(','), description, undefined);
  }

  /** Whether `stop`, `kill` and `start` work: with brokers of your own they throw. */
  get ours(): boolean {
    return this.engine !== undefined;
  }

  /** The broker's own process; undefined unless it is Java's. */
  get pid(): number | undefined {
    return this.engine instanceof JavaKafka ? this.engine.pid : undefined;
  }

  get container(): string | undefined {
    return this.engine instanceof DockerKafka ? this.engine.container : undefined;
  }

  /** Again, on the same data and port, after `stop` or `kill`. Resolves when it answers. */
  start(): Promise<void> {
    return this.own().start();
  }

  /** Lets it write everything down first. */
  stop(): Promise<void> {
    return this.own().stop();
  }

  /** As `kill -9`. */
  kill(): Promise<void> {
    return this.own().kill();
  }

  /** Ends it and removes its data. Brokers that were given are left alone. */
  async remove(): Promise<void> {
    await this.engine?.remove();
  }

  private own(): KafkaEngine {
    if (this.engine) return this.engine;
    throw new Error('brokers given in KAFKA_BROKERS are not ours to start or stop');
  }
}
