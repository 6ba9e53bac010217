/** There is no way to a real Kafka broker on this machine. The message says what to install. */
export class KafkaUnavailable extends Error {
  override readonly name = 'KafkaUnavailable';
}

export const noJava = (found: string): KafkaUnavailable =>
  new KafkaUnavailable(
    `Kafka needs Java 17 or newer; found: ${found}. Install one (Debian: openjdk-17-jre-headless), ` +
      'or start a Docker engine, or name brokers of your own in KAFKA_BROKERS (host:port, …).',
  );

export const noJars = (folder: string, why: string): KafkaUnavailable =>
  new KafkaUnavailable(
    `Kafka's jars are not in ${folder} and could not be fetched from Maven Central: ${why}. ` +
      'Install Maven (Debian: maven) and try again, or start a Docker engine, ' +
      'or name brokers of your own in KAFKA_BROKERS (host:port, …).',
  );
