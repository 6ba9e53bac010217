import { type Cdr, type CdrSeal } from '@voltledger/contracts';
import { decimalNumber, scaledInteger } from '@voltledger/kernel';
import { type OperatorClient, type SampleRoaming, eventually } from '@voltledger/testing';
import {
  type Difference,
  differences,
  expectedAtHubject,
  expectedAtOcpiPartner,
  expectedInLedger,
} from './comparison';

const PATIENCE_MS = 25_000;

interface IssuedCdr {
  readonly cdr: Cdr;
  readonly seal: CdrSeal;
  readonly deliveries: readonly { readonly outcome: string }[];
}

interface LedgerLine {
  readonly cdrId: string;
  readonly account: string;
  readonly debit: string;
  readonly credit: string;
  readonly currency: string;
}

interface Balance {
  readonly currency: string;
  readonly balance: string;
}

/** One CDR, and what everybody else who should know it says about it. */
export interface Proof {
  readonly cdr: Cdr;
  readonly seal: CdrSeal;
  readonly ocpi: Readonly<Record<string, unknown>> | undefined;
  readonly hubject: Readonly<Record<string, unknown>> | undefined;
  readonly ledger: readonly LedgerLine[];
  readonly differences: readonly Difference[];
}

export interface Evidence {
  readonly proofs: readonly Proof[];
  readonly cdrsAtOcpiPartner: number;
  readonly cdrsAtHubject: number;
  readonly ledgerBalanced: boolean;
  readonly differences: readonly Difference[];
}

/**
 * Waits until every session has its CDR and every partner its copy, then reads what each of them
 * holds. Numbers are compared as they are: nothing is rounded to make them fit.
 */
export async function gather(
  operator: OperatorClient,
  { partner, hubject }: SampleRoaming,
  sessions: number,
): Promise<Evidence> {
  const issued = await eventually(() => settled(operator, sessions), PATIENCE_MS);
  const lines = await operator.all<LedgerLine>('ledger/lines');
  const proofs = issued.map((each) => {
    const ocpi = partner.objects.cdrs.get(each.cdr.cdrId.toLowerCase());
    const sent = hubject.broker.cdrs.find((cdr) => cdr.SessionID === hubjectSessionOf(each.cdr));
    const ledger = lines.filter(({ cdrId }) => cdrId === each.cdr.cdrId);
    return proofOf(each, { ocpi, hubject: sent, ledger });
  });
  const balances = await operator.get<{ accounts: Balance[] }>('ledger/balance');
  return {
    proofs,
    cdrsAtOcpiPartner: partner.objects.cdrs.size,
    cdrsAtHubject: hubject.broker.cdrs.length,
    ledgerBalanced: isBalanced(balances.accounts),
    differences: proofs.flatMap((proof) => proof.differences),
  };
}

const hubjectSessionOf = ({ authorization: { payer } }: Cdr): string | undefined =>
  payer.kind === 'oicp' ? payer.oicpSessionId : undefined;

async function settled(operator: OperatorClient, sessions: number): Promise<IssuedCdr[]> {
  const issued = await operator.all<IssuedCdr>('cdrs');
  if (issued.length < sessions) {
    const held = await operator.get<{ items: unknown[] }>('held-cdrs');
    throw new Error(
      `${issued.length} of ${sessions} CDRs are issued, ${held.items.length} held: ` +
        JSON.stringify(held.items),
    );
  }
  const waiting = issued.filter(
    ({ cdr, deliveries }) =>
      cdr.authorization.payer.kind !== 'own' &&
      !deliveries.some(({ outcome }) => outcome === 'delivered'),
  );
  if (waiting.length > 0) throw new Error(`${waiting.length} CDRs are not delivered yet`);
  return issued;
}

type Copies = Pick<Proof, 'ocpi' | 'hubject' | 'ledger'>;

function proofOf({ cdr, seal }: IssuedCdr, copies: Copies): Proof {
  const found = [
    ...copyDifferences(cdr, copies),
    ...differences(cdr, expectedInLedger(cdr), {
      holder: 'ledger',
      says: {
        debit: sum(copies.ledger.map(({ debit }) => debit)),
        credit: sum(copies.ledger.map(({ credit }) => credit)),
        currency: copies.ledger[0]?.currency,
      },
    }),
  ];
  return { cdr, seal, ...copies, differences: found };
}

function copyDifferences(cdr: Cdr, { ocpi, hubject }: Copies): Difference[] {
  switch (cdr.authorization.payer.kind) {
    case 'own':
      return [];
    case 'ocpi':
      return differences(cdr, expectedAtOcpiPartner(cdr), {
        holder: 'OCPI partner',
        says: flat(ocpi ?? {}),
      });
    case 'oicp':
      return differences(cdr, expectedAtHubject(cdr), {
        holder: 'Hubject',
        says: { ...hubject },
      });
  }
}

/** Nested members by their path: `total_cost.excl_vat`, `tariffs[0].id`. */
function flat(value: object, path = ''): Record<string, unknown> {
  const members = Object.entries(value).flatMap(([name, member]: [string, unknown]) => {
    const at = Array.isArray(value) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
    return typeof member === 'object' && member !== null
      ? Object.entries(flat(member, at))
      : [[at, member] as const];
  });
  return Object.fromEntries(members);
}

const MICRO_DIGITS = 6;

/** Of decimal texts, exact; NaN when one of them is no number, which then differs from everything. */
function sum(amounts: readonly string[]): number {
  const micros = amounts.map((amount) => scaledInteger(amount, MICRO_DIGITS));
  let total = 0n;
  for (const each of micros) {
    if (each === undefined) return NaN;
    total += each;
  }
  return decimalNumber(total, MICRO_DIGITS, MICRO_DIGITS);
}

function isBalanced(balances: readonly Balance[]): boolean {
  const currencies = new Set(balances.map(({ currency }) => currency));
  return [...currencies].every(
    (currency) =>
      sum(balances.filter((each) => each.currency === currency).map((b) => b.balance)) === 0,
  );
}
