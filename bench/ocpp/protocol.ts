/** What the processes of the OCPP bench say to each other. */
export interface ServerReady {
  readonly kind: 'ready';
  /** Stations connect below. */
  readonly url: string;
}

/** Since the process began. Microseconds; bytes. */
export interface ServerUse {
  readonly kind: 'use';
  readonly cpuMicros: number;
  /** Of PostgreSQL, where the system tells. */
  readonly databaseCpuMicros: number | undefined;
  readonly rss: number;
  /** Charge detail records that exist. */
  readonly cdrs: number;
  /** Sessions that wait for a person instead, by the code of the first reason. */
  readonly held: Readonly<Record<string, number>>;
}

export interface LoadConnected {
  readonly kind: 'connected';
  readonly milliseconds: number;
}

export interface LoadFigures {
  readonly kind: 'figures';
  readonly milliseconds: number;
  readonly calls: number;
  readonly transactions: number;
  /** Milliseconds from a call to its answer. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number };
}

/** The platform of the end-to-end bench. */
export interface PlatformUp {
  readonly kind: 'up';
  readonly url: string;
  readonly adminKey: string;
}

export type Said = ServerReady | PlatformUp | ServerUse | LoadConnected | LoadFigures;

/** What the parent asks; each is answered once. */
export type Asked = { readonly ask: 'use' } | { readonly ask: 'charge'; readonly seconds: number };

export const PASSWORD = 'bench-station-0001';

export const stationId = (number: number): string => `CS${String(number).padStart(4, '0')}`;

/** Each station has its own card: one that charges at two places at once is held. */
export const cardOf = (number: number): string => `BENCH${String(number).padStart(5, '0')}`;
