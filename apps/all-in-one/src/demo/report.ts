import { type Cdr } from '@voltledger/contracts';
import { amountText, kilowattHoursText } from '@voltledger/kernel';
import { type Evidence, type Proof } from './evidence';
import { table } from './table';

export interface Summary {
  readonly stations: number;
  readonly sessions: number;
  readonly cdrs: number;
  readonly cdrsAtOcpiPartner: number;
  readonly cdrsAtHubject: number;
  readonly ledgerBalanced: boolean;
  readonly differences: number;
  readonly seconds: number;
}

export interface RunningSession {
  readonly sessionId: string;
  readonly status: string;
  readonly stationId?: string;
  readonly contractId?: string;
  readonly payer?: { readonly kind: string };
  readonly kilowattHours: string;
  readonly cost?: { readonly beforeTaxes: string; readonly currency: string };
}

const SESSIONS_SHOWN = 12;

/** The sessions as they grow. */
export function sessionsPicture(sessions: readonly RunningSession[]): string {
  const shown = [...sessions]
    .sort((one, other) => (one.stationId ?? '').localeCompare(other.stationId ?? ''))
    .slice(0, SESSIONS_SHOWN);
  const rows = shown.map(({ stationId = '', contractId = '', payer, status, ...session }) => [
    stationId,
    contractId,
    payer?.kind ?? '?',
    status,
    session.kilowattHours,
    session.cost ? `${session.cost.beforeTaxes} ${session.cost.currency}` : 'not priced yet',
  ]);
  const more =
    sessions.length > shown.length ? `\n… and ${sessions.length - shown.length} more` : '';
  return table(['station', 'contract', 'pays', 'status', 'kWh', 'cost before tax'], rows) + more;
}

/** One CDR as it stands at its source. */
export function cdrPicture({ cdr, seal }: Proof): string {
  const { energy, costs, billed, periods, trace } = cdr;
  return [
    `CDR ${cdr.cdrId} for session ${cdr.sessionId}`,
    `  ${kilowattHoursText(energy)} kWh in ${periods.length} charging period(s), tariff ${cdr.tariff.tariffId}`,
    `  exact ${amountText(costs.total.beforeTaxes)} before tax; owed ${amountText(billed.afterTaxes)} ${billed.afterTaxes.currency} with tax`,
    `  number ${seal.sequence} in the chain, hash ${seal.hash.slice(0, 16)}… on ${seal.previousHash.slice(0, 16)}…`,
    ...trace.map((line) => `    ${line}`),
  ].join('\n');
}

/** Every CDR beside its copies. */
export function comparisonPicture({ proofs }: Evidence): string {
  const rows = proofs
    .slice(0, SESSIONS_SHOWN)
    .map((proof) => [
      proof.cdr.cdrId.slice(0, 8),
      `${kilowattHoursText(proof.cdr.energy)} kWh  ${amountText(proof.cdr.billed.afterTaxes)}`,
      atPartner(proof),
      atHubject(proof),
      inLedger(proof),
      proof.differences.length === 0 ? 'agree' : `${proof.differences.length} differ`,
    ]);
  return table(['CDR', 'ours', 'OCPI partner', 'Hubject', 'ledger', 'compared'], rows);
}

export const differencesPicture = ({ differences }: Evidence): string =>
  differences
    .map(
      ({ cdrId, holder, field, expected, found }) =>
        `CDR ${cdrId}, ${holder}: ${field} is ${String(found)}, should be ${String(expected)}`,
    )
    .join('\n');

const isFor = (cdr: Cdr, kind: 'ocpi' | 'oicp'): boolean => cdr.authorization.payer.kind === kind;

function atPartner({ cdr, ocpi }: Proof): string {
  if (!isFor(cdr, 'ocpi')) return '–';
  const { total_energy, total_cost } = (ocpi ?? {}) as {
    total_energy?: number;
    total_cost?: { excl_vat: number };
  };
  return ocpi ? `${String(total_energy)} kWh  ${String(total_cost?.excl_vat)} excl.` : 'missing';
}

function atHubject({ cdr, hubject }: Proof): string {
  if (!isFor(cdr, 'oicp')) return '–';
  return hubject ? `${String(hubject['ConsumedEnergy'])} kWh` : 'missing';
}

function inLedger({ ledger }: Proof): string {
  const receivable = ledger.find(({ account }) => account.startsWith('receivable'));
  return receivable ? `${receivable.debit} on ${receivable.account}` : 'missing';
}
