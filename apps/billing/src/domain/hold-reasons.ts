import { type HoldReason, type Refusal } from '@voltledger/contracts';
import {
  type CdrId,
  type Instant,
  type MilliWattHours,
  kilowattHoursText,
} from '@voltledger/kernel';
import { type Doubt, type Overlap, type SignatureVerdict } from './ended-session';

/** Doubts a person may settle: the figures are complete, somebody only has to vouch for them. */
const RELEASABLE = [
  'METER_ANOMALY',
  'CLOCK_IN_DOUBT',
  'ENERGY_BEYOND_EVSE',
  'OVERLAPPING_SESSIONS',
  'SIGNATURE_UNDECIDED',
];

export const isReleasable = ({ code }: HoldReason): boolean => RELEASABLE.includes(code);

const kWh = (amount: MilliWattHours): string => `${kilowattHoursText(amount)} kWh`;

export const noTariff = (): HoldReason => ({
  code: 'NO_TARIFF',
  explanation: 'No tariff was in force for this connector when the session started.',
  remedy: 'Publish a tariff that is valid at the start and name it at the connector.',
});

export const tariffUnknown = (hash: string): HoldReason => ({
  code: 'TARIFF_UNKNOWN',
  explanation: `The session was rated by a price list (${hash}) that was never fixed for it.`,
  remedy: 'Have the session rated again by the tariff that was in force at its start.',
});

export const noPayer = (refusal: Refusal | undefined): HoldReason => ({
  code: 'NO_PAYER',
  explanation: refusal
    ? `Energy was drawn although the token was refused (${refusal}).`
    : 'Energy was drawn, and nobody has vouched for the token.',
  remedy: 'Find out who charged and authorize the token, or write the energy off.',
});

export const noPlace = (): HoldReason => ({
  code: 'NO_PLACE',
  explanation: 'The EVSE where the session took place is not known.',
  remedy: 'Register the station with its location, EVSEs and connectors.',
});

export const meterAnomaly = (doubts: readonly Doubt[]): HoldReason => ({
  code: 'METER_ANOMALY',
  explanation: doubts
    .map(({ kind, measuredAt, detail }) => `${kind} at ${measuredAt}: ${detail}`)
    .join('; '),
  remedy: 'Check the meter and the readings; release the CDR if its energy is right.',
});

export const clockInDoubt = (doubts: readonly Doubt[]): HoldReason => ({
  code: 'CLOCK_IN_DOUBT',
  explanation:
    'The tariff depends on time and the station’s clock was off: ' +
    doubts.map(({ measuredAt, detail }) => `${measuredAt}: ${detail}`).join('; '),
  remedy: 'Compare with the times we received the reports; release the CDR if its times are right.',
});

export const signedClockInDoubt = (verdicts: readonly SignatureVerdict[]): HoldReason => ({
  code: 'CLOCK_IN_DOUBT',
  explanation: `The tariff depends on time, and the meter does not vouch for its clock: ${found(verdicts)}.`,
  remedy: 'Set the meter’s clock for the next session; release the CDR if its times are right.',
});

export const endBeforeStart = (startedAt: Instant, endedAt: Instant): HoldReason => ({
  code: 'END_BEFORE_START',
  explanation: `The session ended at ${endedAt}, before it started at ${startedAt}.`,
  remedy: 'Correct the end of the session; the CDR is then issued by itself.',
});

export const energyBeyondEvse = (drawn: MilliWattHours, possible: MilliWattHours): HoldReason => ({
  code: 'ENERGY_BEYOND_EVSE',
  explanation: `${kWh(drawn)} is more than the connector could deliver: ${kWh(possible)} with 20 % to spare.`,
  remedy:
    'Check the meter’s unit and the connector’s power; release the CDR if the energy is right.',
});

export const negativeEnergy = (drawn: MilliWattHours): HoldReason => ({
  code: 'NEGATIVE_ENERGY',
  explanation: `The session is said to have drawn ${kWh(drawn)}.`,
  remedy: 'Check the meter and correct the end of the session.',
});

export const inconsistentEnergy = (
  what: string,
  found: MilliWattHours,
  expected: MilliWattHours,
): HoldReason => ({
  code: 'INCONSISTENT_ENERGY',
  explanation: `${what}: ${kWh(found)} instead of ${kWh(expected)}.`,
  remedy: 'Have the session rated again; if it stays so, report the session to us as a bug.',
});

export const inconsistentPeriods = (explanation: string): HoldReason => ({
  code: 'INCONSISTENT_PERIODS',
  explanation,
  remedy: 'Have the session rated again; if it stays so, report the session to us as a bug.',
});

export const inconsistentCosts = (explanation: string): HoldReason => ({
  code: 'INCONSISTENT_COSTS',
  explanation,
  remedy: 'Check the tariff and have the session rated again.',
});

export const currencyDiffers = (from: string, to: string): HoldReason => ({
  code: 'CURRENCY_CHANGED',
  explanation: `The session was charged in ${from} before and is now rated in ${to}.`,
  remedy: 'Have it rated by a tariff in the first currency.',
});

export const inDispute = (cdrId: CdrId, disputeId: string): HoldReason => ({
  code: 'CDR_DISPUTED',
  explanation: `The session turned out differently, and CDR ${cdrId} is in dispute (${disputeId}).`,
  remedy: 'Resolve the dispute; the CDR is then corrected by itself.',
});

export const overlappingSessions = (overlaps: readonly Overlap[]): HoldReason => ({
  code: 'OVERLAPPING_SESSIONS',
  explanation:
    'The same token was charging elsewhere at the same time: ' +
    overlaps
      .map(({ sessionId, startedAt }) => `session ${sessionId} since ${startedAt}`)
      .join('; '),
  remedy:
    'Find out whether the token is shared or was copied; release the CDR if its holder charged here.',
});

export const timeZoneUnknown = (timeZone: string): HoldReason => ({
  code: 'TIME_ZONE_UNKNOWN',
  explanation: `The location is said to be in the time zone ${timeZone}, which nobody knows here.`,
  remedy: 'Correct the location’s time zone, or update this service if the zone is new.',
});

export const unexplainedRating = (rules: string): HoldReason => ({
  code: 'RATING_UNVERIFIABLE',
  explanation: `The price comes without a trace of how it was made (rules ${rules}).`,
  remedy: 'Have the session rated again.',
});

const found = (verdicts: readonly SignatureVerdict[]): string =>
  verdicts
    .map(({ measuredAt, codes, detail }) => `${measuredAt}: ${[...codes, detail].join(' ')}`)
    .join('; ');

export const signatureRejected = (verdicts: readonly SignatureVerdict[]): HoldReason => ({
  code: 'SIGNATURE_REJECTED',
  explanation: `A signed record is wrong, or says that it must not be billed: ${found(verdicts)}.`,
  remedy:
    'Check the meter’s key and have the record verified anew; if it stays wrong, write the session off.',
});

export const signatureUndecided = (verdicts: readonly SignatureVerdict[]): HoldReason => ({
  code: 'SIGNATURE_UNDECIDED',
  explanation: `Nobody can tell whether a signed record is right: ${found(verdicts)}.`,
  remedy:
    'Register the meter’s key and have the record verified anew; or verify it elsewhere and release the CDR.',
});
