import { type Cdr } from '@voltledger/contracts';
import { amountNumber, kilowattHours } from '@voltledger/kernel';

/** What a copy says about the things that matter, in its own protocol's precision. */
export interface Copy {
  /** Where it was found: `OCPI partner`, `Hubject`, `ledger`. */
  readonly holder: string;
  readonly says: Readonly<Record<string, unknown>>;
}

export interface Difference {
  readonly cdrId: string;
  readonly holder: string;
  readonly field: string;
  readonly expected: unknown;
  readonly found: unknown;
}

const HOUR = 3_600_000;

/** What an OCPI 2.2.1 partner must hold: 4 decimals, half up. */
export function expectedAtOcpiPartner(cdr: Cdr): Record<string, unknown> {
  const { beforeTaxes, afterTaxes } = cdr.costs.total;
  return {
    id: cdr.cdrId,
    session_id: cdr.sessionId,
    start_date_time: cdr.startedAt,
    end_date_time: cdr.endedAt,
    currency: beforeTaxes.currency,
    total_energy: kilowattHours(cdr.energy, 4),
    total_time: hours(cdr.time.total),
    'total_cost.excl_vat': amountNumber(beforeTaxes, 4),
    'total_cost.incl_vat': afterTaxes && amountNumber(afterTaxes, 4),
    'tariffs[0].id': cdr.tariff.tariffId,
  };
}

/** What Hubject must hold. An OICP CDR has no price: the provider prices it by its own contract. */
export function expectedAtHubject(cdr: Cdr): Record<string, unknown> {
  const payer = cdr.authorization.payer;
  return {
    SessionID: payer.kind === 'oicp' ? payer.oicpSessionId : undefined,
    EvseID: cdr.place.evse.evseId,
    ConsumedEnergy: kilowattHours(cdr.energy, 3),
  };
}

/** What finance must have booked: what is owed, debit and credit, in whole minor units. */
export function expectedInLedger({ billed }: Cdr): Record<string, unknown> {
  const owed = amountNumber(billed.afterTaxes, 6);
  return { debit: owed, credit: owed, currency: billed.afterTaxes.currency };
}

/** Every field in which a copy is not what the CDR says. */
export function differences(
  { cdrId }: Cdr,
  expected: Readonly<Record<string, unknown>>,
  { holder, says }: Copy,
): Difference[] {
  return Object.entries(expected)
    .filter(([field, value]) => !Object.is(value, says[field]))
    .map(([field, value]) => ({ cdrId, holder, field, expected: value, found: says[field] }));
}

/** Milliseconds as hours with 4 decimals, half up. */
const hours = (milliseconds: number): number => Math.round((milliseconds * 10_000) / HOUR) / 10_000;
