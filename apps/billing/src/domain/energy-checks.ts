import { type HoldReason, type Rating } from '@voltledger/contracts';
import { type MilliWattHours, millisBetween } from '@voltledger/kernel';
import { type EndedSession } from './ended-session';
import { energyBeyondEvse, inconsistentEnergy, negativeEnergy } from './hold-reasons';

const REGISTER_BREAKS = ['rollback', 'jump', 'replaced'];

/** Doubts that make the difference of the two registers meaningless. */
export const registerDoubts = ({ doubts }: EndedSession): EndedSession['doubts'] =>
  doubts.filter(({ kind }) => REGISTER_BREAKS.includes(kind));

export function energyReasons(session: EndedSession): HoldReason[] {
  if (session.delivered < 0) return [negativeEnergy(session.delivered)];
  return [
    ...beyondEvse(session),
    ...againstRegisters(session),
    ...(session.rating ? againstRating(session.delivered, session.rating) : []),
  ];
}

/** Meter and clock are coarse: the first and the last reading may be this far off. */
const COARSE_MILLIS = 60_000;

/** The connector's power all the time, and 20 % more for its tolerance (domain.md 1.5). */
function beyondEvse({ place, delivered, startedAt, endedAt }: EndedSession): HoldReason[] {
  const watts = place?.connector?.maxPower;
  const millis = millisBetween(startedAt, endedAt);
  if (watts === undefined || millis < 0) return [];
  const possible = (BigInt(watts) * BigInt(millis + COARSE_MILLIS) * 12n) / 36_000n;
  return BigInt(delivered) > possible
    ? [energyBeyondEvse(delivered, Number(possible) as MilliWattHours)]
    : [];
}

function againstRegisters(session: EndedSession): HoldReason[] {
  const { meterStart, meterStop, delivered } = session;
  if (meterStart === undefined || meterStop === undefined) return [];
  const counted = (meterStop - meterStart) as MilliWattHours;
  if (counted === delivered || registerDoubts(session).length > 0) return [];
  return [inconsistentEnergy('Energy drawn by the registers', counted, delivered)];
}

function againstRating(delivered: MilliWattHours, { energy, periods }: Rating): HoldReason[] {
  const reasons: HoldReason[] = [];
  if (energy !== delivered) reasons.push(inconsistentEnergy('Energy rated', energy, delivered));
  const sum = periods.reduce((so, period) => so + period.energy, 0) as MilliWattHours;
  if (sum !== energy) reasons.push(inconsistentEnergy('Energy of all periods', sum, energy));
  return reasons;
}
