import { type PastSessions, type Tariff } from '@voltledger/contracts';
import { type Instant, type Transaction } from '@voltledger/kernel';
import { type PassPosition } from './past-sessions';

/** What somebody wants to know. */
export interface SimulationAsked {
  readonly tariff: Tariff;
  readonly contentHash: string;
  readonly sessions: PastSessions;
  readonly by: string;
  readonly warnings: readonly { readonly field: string; readonly warning: string }[];
  /** Rules for ad hoc prices at 50 kW and more that the tariff breaks. */
  readonly afir: readonly { readonly field: string; readonly rule: string }[];
  /** In the order in which price parts are to be shown. */
  readonly parts: readonly string[];
}

export type SimulationState = 'cancelled' | 'done' | 'running';

export interface SimulationRow {
  readonly simulationId: string;
  readonly state: SimulationState;
  readonly asked: SimulationAsked;
  readonly total: number;
  readonly done: number;
  readonly createdAt: Instant;
  readonly finishedAt?: Instant | undefined;
  readonly position?: PassPosition;
}

interface Columns {
  readonly simulation_id: string;
  readonly state: SimulationState;
  readonly asked: SimulationAsked;
  readonly total: number;
  readonly done: number;
  readonly created_at: Instant;
  readonly finished_at: Instant | null;
  readonly after_start: Instant | null;
  readonly after_session: string | null;
}

const rowOf = ({ simulation_id, state, asked, total, done, ...row }: Columns): SimulationRow => ({
  ...{ simulationId: simulation_id, state, asked, total, done, createdAt: row.created_at },
  ...(row.finished_at !== null && { finishedAt: row.finished_at }),
  ...(row.after_start !== null &&
    row.after_session !== null && {
      position: { afterStart: row.after_start, afterSession: row.after_session },
    }),
});

/** Safe to repeat. */
export async function keepSimulation(
  tx: Transaction,
  { simulationId, asked, total, createdAt }: Omit<SimulationRow, 'done' | 'state'>,
): Promise<void> {
  await tx.query(
    `insert into tariff.simulations (simulation_id, state, asked, total, worked_at, created_at)
     values ($1, 'running', $2, $3, $4, $4) on conflict do nothing`,
    [simulationId, asked, total, createdAt],
  );
}

/** The one that waited longest, locked; those another instance works on are left to it. */
export async function simulationToWorkOn(tx: Transaction): Promise<SimulationRow | undefined> {
  const [row] = await tx.query<Columns>(
    `select * from tariff.simulations where state = 'running'
     order by worked_at limit 1 for update skip locked`,
  );
  return row && rowOf(row);
}

export async function keepSimulationProgress(
  tx: Transaction,
  simulationId: string,
  { done, position }: Pick<SimulationRow, 'done' | 'position'>,
  at: Instant,
): Promise<void> {
  await tx.query(
    `update tariff.simulations set done = $2, after_start = $3, after_session = $4, worked_at = $5
     where simulation_id = $1`,
    [simulationId, done, position?.afterStart ?? null, position?.afterSession ?? null, at],
  );
}

/** @returns whether it was running until now. */
export async function finishSimulation(
  tx: Transaction,
  simulationId: string,
  state: Exclude<SimulationState, 'running'>,
  at: Instant,
): Promise<boolean> {
  const rows = await tx.query(
    `update tariff.simulations set state = $2, finished_at = $3
     where simulation_id = $1 and state = 'running' returning 1`,
    [simulationId, state, at],
  );
  return rows.length > 0;
}

export async function simulationById(
  tx: Transaction,
  simulationId: string,
): Promise<SimulationRow | undefined> {
  const [row] = await tx.query<Columns>(
    'select * from tariff.simulations where simulation_id = $1',
    [simulationId],
  );
  return row && rowOf(row);
}

/** The newest first. */
export async function listSimulations(
  tx: Transaction,
  limit: number,
  after?: string,
): Promise<SimulationRow[]> {
  const rows = await tx.query<Columns>(
    `select * from tariff.simulations
     where $2::uuid is null or (created_at, simulation_id) < (
       select created_at, simulation_id from tariff.simulations where simulation_id = $2)
     order by created_at desc, simulation_id desc limit $1`,
    [limit, after ?? null],
  );
  return rows.map(rowOf);
}

export async function runningSimulations(tx: Transaction): Promise<number> {
  const [row] = await tx.query<{ running: number }>(
    `select count(*)::int as running from tariff.simulations where state = 'running'`,
  );
  return row?.running ?? 0;
}

/** One that nobody needs any more, locked. */
export async function simulationToForget(
  tx: Transaction,
  finishedBefore: Instant,
): Promise<string | undefined> {
  const [row] = await tx.query<{ simulation_id: string }>(
    `select simulation_id from tariff.simulations where finished_at < $1
     order by finished_at limit 1 for update skip locked`,
    [finishedBefore],
  );
  return row?.simulation_id;
}

export async function dropSimulation(tx: Transaction, simulationId: string): Promise<void> {
  await tx.query('delete from tariff.simulations where simulation_id = $1', [simulationId]);
}
