import { readFileSync, readdirSync } from 'node:fs';

/** Clock ticks of /proc per second: 100 on every Linux that Node runs on. */
const TICK_MICROS = 10_000;

/**
 * CPU time of a PostgreSQL server since it began, in microseconds: of its first process, of the
 * backends that live, and of those that ended.
 *
 * @returns undefined where there is no /proc.
 */
export function databaseCpuMicros(postmaster: number): number | undefined {
  try {
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const server = statOf(String(postmaster));
    if (!server) return undefined;
    const backends = all.flatMap((pid) => statOf(pid) ?? []);
    const ticks = backends
      .filter(({ parent }) => parent === postmaster)
      .reduce((sum, { own }) => sum + own, server.own + server.ended);
    return ticks * TICK_MICROS;
  } catch {
    return undefined;
  }
}

/** A process may have ended while we look. */
function statOf(pid: string) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const ticks = (at: number): number => Number(fields[at]);
    return { parent: ticks(1), own: ticks(11) + ticks(12), ended: ticks(13) + ticks(14) };
  } catch {
    return undefined;
  }
}
