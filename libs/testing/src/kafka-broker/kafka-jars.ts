import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { noJars } from './kafka-unavailable';

export const KAFKA_VERSION = '4.1.1';
const FETCH_PATIENCE_MS = 240_000;

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>voltledger</groupId><artifactId>kafka</artifactId><version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId>
      <version>${KAFKA_VERSION}</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version>
    </dependency>
  </dependencies>
</project>
`;

/** Kept between runs: `VOLTLEDGER_CACHE`, else the user's cache folder. */
export function jarFolder(): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');
  const ours = process.env['VOLTLEDGER_CACHE'] ?? path.join(cache, 'voltledger');
  return path.join(ours, `kafka-${KAFKA_VERSION}`);
}

/** @throws KafkaUnavailable when the jars are not here and nothing could fetch them. */
export function mayGetJars(): void {
  const folder = jarFolder();
  if (complete(folder)) return;
  const { error } = spawnSync('mvn', ['--version'], { encoding: 'utf8' });
  if (error) throw noJars(folder, 'there is no mvn');
}

/**
 * The folder with Kafka's own jars, fetched with Maven the first time (43 MB). They appear there in
 * one step: several runs may fetch at once.
 *
 * @throws KafkaUnavailable
 */
export function kafkaJars(): string {
  const folder = jarFolder();
  if (complete(folder)) return folder;
  mkdirSync(path.dirname(folder), { recursive: true });
  const draft = mkdtempSync(`${folder}-`);
  try {
    fetchInto(draft, folder);
    moveTo(folder, draft);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

const complete = (folder: string): boolean =>
  existsSync(folder) && readdirSync(folder).some((name) => name.startsWith('kafka_2.13-'));

function fetchInto(draft: string, folder: string): void {
  writeFileSync(path.join(draft, 'pom.xml'), POM);
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', '-DoutputDirectory=jars'];
  const { status, error, stdout } = spawnSync('mvn', ['-q', '-B', ...goal], {
    cwd: draft,
    encoding: 'utf8',
    timeout: FETCH_PATIENCE_MS,
  });
  if (error) throw noJars(folder, error.message);
  if (status !== 0) throw noJars(folder, stdout.trim().slice(0, 600));
}

function moveTo(folder: string, draft: string): void {
  try {
    renameSync(path.join(draft, 'jars'), folder);
  } catch (error) {
    // Another run was faster, and its jars are as good as ours.
    if (!complete(folder)) throw error;
  }
}
