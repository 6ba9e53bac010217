import { Injectable } from '@nestjs/common';

export interface HealthState {
  readonly ok: boolean;
  /** For people; no secrets: anyone who reaches the port may read it. */
  readonly detail?: string;
}

/** Something this process cannot do its work without. */
export interface HealthSource {
  /** Such as `database` or `session.consumers`. */
  readonly name: string;
  check(): Promise<HealthState>;
}

export interface Readiness {
  readonly ready: boolean;
  readonly sources: Readonly<Record<string, HealthState>>;
}

const CHECK_MILLIS_MAX = 2_000;

/** Asks everything that was registered whether it works. Without an answer in 2 s: it does not. */
@Injectable()
export class Health {
  private readonly sources = new Map<string, HealthSource>();
  private draining = false;

  /** Replaces a source of the same name. */
  register(source: HealthSource): void {
    this.sources.set(source.name, source);
  }

  /** From now on not ready: whoever balances load should send no more. */
  drain(): void {
    this.draining = true;
  }

  async readiness(): Promise<Readiness> {
    const states = await Promise.all(
      [...this.sources.values()].map(
        async (source) => [source.name, await stateOf(source)] as const,
      ),
    );
    const sources = Object.fromEntries(states);
    const ready = !this.draining && states.every(([, { ok }]) => ok);
    return { ready, sources: this.draining ? { ...sources, process: draining } : sources };
  }
}

const draining: HealthState = { ok: false, detail: 'is shutting down' };

async function stateOf(source: HealthSource): Promise<HealthState> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<HealthState>((resolve) => {
    timer = setTimeout(resolve, CHECK_MILLIS_MAX, { ok: false, detail: 'no answer in 2 s' });
  });
  try {
    return await Promise.race([source.check(), late]);
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : 'failed' };
  } finally {
    clearTimeout(timer);
  }
}
