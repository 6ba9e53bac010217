import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { noJava } from './kafka-unavailable';

const JAVA_AT_LEAST = 17;

export interface Java {
  readonly program: string;
  readonly version: string;
}

/**
 * The machine's Java: of `JAVA_HOME`, else on the path.
 *
 * @throws KafkaUnavailable
 */
export function findJava(): Java {
  const home = process.env['JAVA_HOME'];
  const program = home ? path.join(home, 'bin', 'java') : 'java';
  const { stderr, error } = spawnSync(program, ['-version'], { encoding: 'utf8' });
  if (error) throw noJava('none');
  const version = /version "([^"]+)"/.exec(stderr)?.[1] ?? stderr.trim();
  if (majorOf(version) < JAVA_AT_LEAST) throw noJava(version);
  return { program, version };
}

/** `17.0.15` is 17, and `1.8.0_402` is 8. */
function majorOf(version: string): number {
  const [first, second] = version.split(/[._]/).map(Number);
  return (first === 1 ? second : first) ?? 0;
}
