import { instantSchema, sessionId } from '@voltledger/contracts';
import { amountText, kilowattHoursText } from '@voltledger/kernel';
import { z } from 'zod';
import { type StoredSession } from '../projections/session-list';

/** A session as the operator API shows it. */
export const sessionAnswer = z.object({
  sessionId,
  status: z
    .enum(['announced', 'active', 'ended', 'estimated'])
    .describe('`announced`: reports came, its start not yet. `estimated`: its end was lost.'),
  stationId: z.string().optional(),
  transactionId: z.string().optional(),
  locationId: z.string().optional(),
  evseUid: z.string().optional(),
  evseId: z.string().optional(),
  tokenUid: z.string().optional(),
  contractId: z.string().optional(),
  payer: z.object({ kind: z.string(), partner: z.string().optional() }).optional(),
  refusal: z.string().optional().describe('Why the token was refused; the station charged anyway.'),
  startedAt: instantSchema.optional(),
  endedAt: instantSchema.optional(),
  endReason: z.string().optional(),
  chargingState: z.string().optional(),
  kilowattHours: z.string().describe('Delivered so far, six decimals.'),
  tariffId: z.string().optional(),
  cost: z
    .object({
      beforeTaxes: z.string(),
      afterTaxes: z.string().optional(),
      currency: z.string(),
      forKilowattHours: z.string().optional(),
    })
    .optional()
    .describe('Running figure; what is billed stands in the CDR.'),
  doubts: z.array(z.string()).describe('Anomalies found, such as `rollback`.'),
  changedAt: instantSchema,
});
export type SessionAnswer = z.output<typeof sessionAnswer>;

export const answerOf = (row: StoredSession): SessionAnswer => ({
  sessionId: row.session_id,
  status: row.status,
  ...told({
    stationId: row.station_id,
    transactionId: row.transaction_id,
    locationId: row.location_id,
    evseUid: row.evse_uid,
    evseId: row.evse_id,
    tokenUid: row.token_uid,
    contractId: row.contract_id,
    refusal: row.refusal,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    endReason: row.end_reason,
    chargingState: row.charging_state,
    tariffId: row.tariff_id,
  }),
  ...(row.payer_kind !== null && {
    payer: { kind: row.payer_kind, ...told({ partner: row.partner_id }) },
  }),
  kilowattHours: kilowattHoursText(row.energy_mwh),
  ...costOf(row),
  doubts: [...row.doubts],
  changedAt: row.changed_at,
});

function costOf(row: StoredSession): Pick<SessionAnswer, 'cost'> {
  const { currency, cost_micros, cost_after_taxes_micros, cost_energy_mwh } = row;
  if (currency === null || cost_micros === null) return {};
  const amount = (micros: number): string => amountText({ micros, currency });
  return {
    cost: {
      beforeTaxes: amount(cost_micros),
      ...(cost_after_taxes_micros !== null && { afterTaxes: amount(cost_after_taxes_micros) }),
      currency,
      ...(cost_energy_mwh !== null && { forKilowattHours: kilowattHoursText(cost_energy_mwh) }),
    },
  };
}

type Told<Row> = { [Name in keyof Row]?: NonNullable<Row[Name]> };

/** Leaves out what is not known. */
const told = <Row extends object>(row: Row): Told<Row> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Told<Row>;
