import { type Cdr } from '@voltledger/contracts';
import {
  DomainError,
  type Instant,
  type MilliWattHours,
  decimalNumber,
  divideHalfUp,
} from '@voltledger/kernel';
import { localTime } from '../shared/local-time';
import { productOf } from './authorization';
import {
  type ChargeDetailRecord,
  ENERGY_DECIMALS,
  chargeDetailRecord,
} from './charge-detail-record.schema';
import { identificationOf } from './identification';
import { type OperatorProfile, ownsEvse } from './operator-profile';
import { jsonPointer } from './reading';
import { signedFieldsOf } from './signed-metering-values';

const MILLIWATTHOURS_PER_WATTHOUR = 1_000n;

type Operator = Pick<OperatorProfile, 'operatorId' | 'subOperatorIds' | 'calibrationLaw'>;

/**
 * A CDR as Hubject takes it. It has no price: that is agreed elsewhere.
 *
 * - Energy in kWh, three decimals. The register values are rounded first, and ConsumedEnergy is the
 *   difference of the rounded ones, so that the three always agree (OICP-CDR-09). When the meter's
 *   difference is not what was delivered (a replaced meter), the registers are left out.
 * - Times on the charge point's clock, each with the offset of its own instant (OICP-CDR-14).
 *
 * @throws DomainError CDR_NOT_SENDABLE naming each rule it breaks: a person has to look.
 */
export function chargeDetailRecordOf(cdr: Cdr, operator: Operator): ChargeDetailRecord {
  const { payer } = cdr.authorization;
  if (payer.kind !== 'oicp') throw notSendable(cdr, ['its payer did not come over OICP']);
  const { evseId } = cdr.place.evse;
  if (!ownsEvse(operator, evseId)) throw notSendable(cdr, [`${evseId} is of a foreign operator`]);
  if (operator.calibrationLaw === 'External' && cdr.signedData.length === 0)
    throw notSendable(cdr, ['signed meter values are missing where calibration law demands them']);
  const { connector } = cdr.place;
  const parsed = chargeDetailRecord.safeParse({
    SessionID: payer.oicpSessionId,
    CPOPartnerSessionID: payer.cpoPartnerSessionId,
    EMPPartnerSessionID: payer.empPartnerSessionId,
    PartnerProductID: connector && productOf(connector.powerType),
    EvseID: evseId.toUpperCase(),
    Identification: identificationOf(payer.identification),
    ...timesOf(cdr),
    ...energyOf(cdr),
    ...signedFieldsOf(cdr.signedData),
  });
  if (parsed.success) return parsed.data;
  throw notSendable(
    cdr,
    parsed.error.issues.map(({ path, message }) => `${jsonPointer(path)} ${message}`),
  );
}

const notSendable = ({ cdrId }: Cdr, problems: readonly string[]): DomainError =>
  new DomainError('CDR_NOT_SENDABLE', `Hubject would refuse this CDR: ${problems.join('; ')}.`, {
    cdrId,
    problems,
  });

type Times = Pick<
  ChargeDetailRecord,
  'SessionStart' | 'ChargingStart' | 'ChargingEnd' | 'SessionEnd'
>;

function timesOf(cdr: Cdr): Times {
  const { timeZone } = cdr.place.place;
  const { from, to } = energyFlow(cdr);
  return {
    SessionStart: localTime(cdr.startedAt, timeZone),
    ChargingStart: localTime(from, timeZone),
    ChargingEnd: localTime(to, timeZone),
    SessionEnd: localTime(cdr.endedAt, timeZone),
  };
}

/** From the first period that delivered energy to the last; none: the start (OICP-CDR-15). */
function energyFlow({ periods, startedAt }: Cdr): { from: Instant; to: Instant } {
  const flowing = periods.filter(({ energy }) => energy > 0);
  return {
    from: flowing.at(0)?.startedAt ?? startedAt,
    to: flowing.at(-1)?.endedAt ?? startedAt,
  };
}

type Energies = Pick<ChargeDetailRecord, 'MeterValueStart' | 'MeterValueEnd' | 'ConsumedEnergy'>;

function energyOf({ meterStart, meterStop, energy }: Cdr): Energies {
  const isMetered = meterStart !== undefined && meterStop !== undefined;
  if (!isMetered || meterStop - meterStart !== energy)
    return { ConsumedEnergy: kilowattHoursOf(wattHours(energy)) };
  const [start, end] = [wattHours(meterStart), wattHours(meterStop)];
  return {
    MeterValueStart: kilowattHoursOf(start),
    MeterValueEnd: kilowattHoursOf(end),
    ConsumedEnergy: kilowattHoursOf(end - start),
  };
}

const wattHours = (amount: MilliWattHours): bigint =>
  divideHalfUp(BigInt(amount), MILLIWATTHOURS_PER_WATTHOUR);

const kilowattHoursOf = (wattHoursExact: bigint): number =>
  decimalNumber(wattHoursExact, ENERGY_DECIMALS, ENERGY_DECIMALS);
