import { scaledInteger } from '@voltledger/kernel';
import { z } from 'zod';
import { identification } from './identification';
import {
  evseIdText,
  kilowattHoursNumber,
  localTimeText,
  operatorIdText,
  partnerSessionIdText,
  productIdText,
  providerIdText,
  sessionIdText,
} from './scalars';

/** The broker takes more for watt-hours in disguise (OICP-CDR-10). */
export const ENERGY_MAX_KWH = 1_000;
export const ENERGY_DECIMALS = 3;
/** Start, up to eight in between, End (OICP-CAL-03). */
export const SIGNED_VALUES_MAX = 10;

/** Longer values than the published 3,000 characters travel whole (OICP-CAL-04). */
const signedMeteringValue = z.strictObject({
  SignedMeteringValue: z.string().min(1),
  MeteringStatus: z.enum(['Start', 'Progress', 'End']),
});

const calibrationLawVerification = z.strictObject({
  CalibrationLawCertificateID: z.string().max(100).optional(),
  PublicKey: z.string().max(1_000).optional(),
  MeteringSignatureUrl: z.string().max(200).optional(),
  MeteringSignatureEncodingFormat: z.string().max(50).optional(),
  SignedMeteringValuesVerificationInstruction: z.string().max(400).optional(),
});

const fields = z.strictObject({
  SessionID: sessionIdText,
  CPOPartnerSessionID: partnerSessionIdText.optional(),
  EMPPartnerSessionID: partnerSessionIdText.optional(),
  PartnerProductID: productIdText.optional(),
  EvseID: evseIdText,
  Identification: identification,
  SessionStart: localTimeText,
  ChargingStart: localTimeText,
  ChargingEnd: localTimeText,
  SessionEnd: localTimeText,
  MeterValueStart: kilowattHoursNumber.nonnegative().optional(),
  MeterValueEnd: kilowattHoursNumber.nonnegative().optional(),
  MeterValueInBetween: z.strictObject({ meterValues: z.array(kilowattHoursNumber) }).optional(),
  ConsumedEnergy: kilowattHoursNumber,
  SignedMeteringValues: z.array(signedMeteringValue).max(SIGNED_VALUES_MAX).optional(),
  CalibrationLawVerificationInfo: calibrationLawVerification.optional(),
  HubOperatorID: operatorIdText.optional(),
  HubProviderID: providerIdText.optional(),
});

type Fields = Partial<z.output<typeof fields>>;

interface Violation {
  readonly field: keyof Fields;
  readonly rule: string;
}

const TIMES = ['SessionStart', 'ChargingStart', 'ChargingEnd', 'SessionEnd'] as const;

/** What the broker, or the partner's clerk, would object to although each field is well formed. */
function contradictions(record: Fields): Violation[] {
  return [...energyContradictions(record), ...timeContradictions(record)];
}

function energyContradictions(record: Fields): Violation[] {
  const [start, end, consumed] = [
    record.MeterValueStart,
    record.MeterValueEnd,
    record.ConsumedEnergy,
  ].map(wattHours);
  const found: Violation[] = [];
  if (start !== undefined && end !== undefined) {
    if (end < start) found.push({ field: 'MeterValueEnd', rule: 'is below MeterValueStart' });
    if (consumed !== undefined && consumed !== end - start)
      found.push({ field: 'ConsumedEnergy', rule: 'is not MeterValueEnd - MeterValueStart' });
  }
  if (consumed !== undefined && consumed < 0n)
    found.push({ field: 'ConsumedEnergy', rule: 'is negative' });
  if (consumed !== undefined && consumed > BigInt(ENERGY_MAX_KWH) * 1_000n)
    found.push({ field: 'ConsumedEnergy', rule: `is more than ${ENERGY_MAX_KWH} kWh` });
  return found;
}

const wattHours = (kilowattHours: number | undefined): bigint | undefined =>
  kilowattHours === undefined ? undefined : scaledInteger(String(kilowattHours), ENERGY_DECIMALS);

/** SessionStart ≤ ChargingStart ≤ ChargingEnd ≤ SessionEnd, as instants (OICP-CDR-12). */
const timeContradictions = (record: Fields): Violation[] =>
  TIMES.slice(1).flatMap((field, index) => {
    const before = TIMES[index];
    const [earlier, later] = [before && record[before], record[field]];
    if (earlier === undefined || later === undefined) return [];
    if (Date.parse(earlier) <= Date.parse(later)) return [];
    return [{ field, rule: `is before ${String(before)}` }];
  });

/** Contradictions are looked for even when a field is missing: every problem is named at once. */
export const chargeDetailRecord = fields.superRefine(
  (record, context) => {
    for (const { field, rule } of contradictions(record))
      context.addIssue({ code: 'custom', path: [field], message: rule });
  },
  { when: ({ value }) => typeof value === 'object' && value !== null },
);

export type ChargeDetailRecord = z.output<typeof fields>;
