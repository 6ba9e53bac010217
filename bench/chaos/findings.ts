import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { type Cdr } from '@voltledger/contracts';
import { eventually } from '@voltledger/testing';
import { SESSION_ENERGY } from './charging';
import { type Stage } from './stage';

const SETTLING_MS_MAX = 300_000;

export interface Findings {
  readonly sessions: number;
  readonly cdrs: number;
  readonly held: number;
  readonly atPartner: number;
  readonly expectedAtPartner: number;
  /** Sessions without a CDR, or without their copy at the partner. */
  readonly lost: number;
  /** CDRs of a session that has one already, and copies that came twice and differed. */
  readonly doubled: number;
  readonly wrongEnergy: number;
  readonly ledgerBalanced: boolean;
  readonly proven: boolean;
}

type Issued = { readonly cdr: Cdr };

/** Waits until everything has arrived, or for as long as is reasonable; then counts. */
export async function findings(stage: Stage, wanted: number): Promise<Findings> {
  const settled = async (): Promise<void> => {
    const { lost, held } = await counted(stage, wanted);
    if (lost > 0 || held > 0) throw new Error(`${lost} lost, ${held} held`);
  };
  await eventually(settled, SETTLING_MS_MAX).catch(() => undefined);
  const counts = await counted(stage, wanted);
  return { ...counts, ledgerBalanced: await balanced(stage), proven: await proven(stage) };
}

async function counted({ network, roaming }: Stage, wanted: number) {
  const { operator } = network;
  const cdrs = await operator.all<Issued>('cdrs');
  const held = await operator.all<unknown>('held-cdrs');
  const sessions = await operator.all<unknown>('sessions');
  const billed = new Set(cdrs.map(({ cdr }) => cdr.sessionId));
  const ours = cdrs.filter(({ cdr }) => cdr.authorization.payer.kind === 'ocpi');
  const { objects } = roaming.partner;
  const missing = ours.filter(({ cdr }) => !objects.cdrs.has(cdr.cdrId.toLowerCase()));
  return {
    sessions: sessions.length,
    cdrs: cdrs.length,
    held: held.length,
    atPartner: objects.cdrs.size,
    expectedAtPartner: ours.length,
    lost: Math.max(0, wanted - billed.size) + missing.length,
    doubled:
      cdrs.length -
      billed.size +
      Math.max(0, objects.cdrs.size - ours.length) +
      Math.max(0, sessions.length - wanted),
    wrongEnergy: cdrs.filter(({ cdr }) => cdr.energy !== SESSION_ENERGY).length,
  };
}

async function balanced({ network }: Stage): Promise<boolean> {
  const { accounts } = await network.operator.get<{ accounts: { balance: string }[] }>(
    'ledger/balance',
  );
  const sum = accounts.reduce((all, { balance }) => all + Math.round(Number(balance) * 1e6), 0);
  return accounts.length > 0 && sum === 0;
}

/** What `npm run verify-cdrs` says. */
async function proven({ databaseUrl }: Stage): Promise<boolean> {
  const command = path.join(__dirname, '..', '..', 'apps', 'billing', 'src', 'verify-cdrs.js');
  const child = spawn(process.execPath, [command, '--database-url', databaseUrl], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
}

export const isFine = ({ lost, doubled, held, wrongEnergy, ...rest }: Findings): boolean =>
  lost + doubled + held + wrongEnergy === 0 && rest.ledgerBalanced && rest.proven;
