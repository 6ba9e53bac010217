import { type Reading } from '@voltledger/contracts';
import { type MilliWattHours, millisBetween, noEnergy, plusMillis } from '@voltledger/kernel';
import { type Mark, type Meter, deliveredBy, minus } from './meter';

/** Stations cut `meterStart` and `meterStop` to whole watt-hours: a fall below that is no fall. */
export const ROUNDING = 1_000 as MilliWattHours;
/** Corrected times of one station may swap within this; its register does not lie. */
export const JITTER_MILLISECONDS = 10_000;
/** domain.md 1.5: more than the EVSE's rating by this factor is a jump. */
const OVERLOAD = 1.2;
/** Meters show energy late by up to a minute, so two samples may seem closer than they are. */
const METER_LAG_MILLISECONDS = 60_000;

export type Weighed =
  /** `at`: when it counts; later than measured where clocks jitter. */
  | {
      readonly verdict: 'plausible' | 'jump';
      readonly delivered: MilliWattHours;
      readonly at: Mark;
    }
  /** The register fell before, and goes on from there: the meter was replaced. */
  | { readonly verdict: 'replaced'; readonly delivered: MilliWattHours; readonly from: Mark }
  /** The register had jumped, and is back on its old way. */
  | { readonly verdict: 'recovered'; readonly delivered: MilliWattHours }
  | { readonly verdict: 'fallen' }
  | { readonly verdict: 'known' };

type Sample = Mark & Pick<Reading, 'context'>;

/**
 * Holds a reading against what the meter showed before (domain.md 1.5; OCPP-J-MV-03, -07, -08).
 *
 * @param maxPower watts of the connector, where known.
 */
export function weigh(meter: Meter | undefined, sample: Sample, maxPower?: number): Weighed {
  if (!meter) return { verdict: 'plausible', delivered: noEnergy, at: sample };
  if (tellsTheStart(meter, sample)) return weighStart(meter, sample);
  if (sample.measuredAt < meter.last.measuredAt) return weighOlder(meter, sample);
  return weighNewer(meter, sample, maxPower);
}

/** A begin told late or twice, or a reading from before the first when no begin was told. */
function tellsTheStart(meter: Meter, { context, measuredAt, register }: Sample): boolean {
  const { last } = meter;
  if (meter.replaced || (measuredAt > last.measuredAt && register < last.register)) return false;
  if (context === 'begin') return measuredAt <= plusMillis(meter.zeroAt, JITTER_MILLISECONDS);
  return !meter.startMeasured && measuredAt < meter.zeroAt;
}

function weighStart(meter: Meter, sample: Sample): Weighed {
  const { register, context, measuredAt } = sample;
  const { zero, zeroAt, last, startMeasured } = meter;
  if (register === zero && (startMeasured || (measuredAt === zeroAt && context !== 'begin')))
    return { verdict: 'known' };
  if (startMeasured && !isMoreExact(register, zero)) return unlike(register, zero);
  const onlyStartKnown = deliveredBy(meter) === 0 && measuredAt >= last.measuredAt;
  if (register > last.register && !onlyStartKnown) return unlike(register, last.register);
  return { verdict: 'plausible', delivered: noEnergy, at: sample };
}

/** A start that was measured may only become more exact: stations cut it to watt-hours. */
const isMoreExact = (register: number, known: number): boolean =>
  register > known && register - known < ROUNDING;

/** Below a watt-hour it is the same; above, one of the two is wrong. */
const unlike = (register: number, known: number): Weighed =>
  Math.abs(register - known) < ROUNDING ? { verdict: 'known' } : { verdict: 'fallen' };

function weighOlder(meter: Meter, sample: Sample): Weighed {
  const { register, measuredAt } = sample;
  const { last, zero, zeroAt, replaced } = meter;
  if (register > last.register) {
    if (millisBetween(measuredAt, last.measuredAt) > JITTER_MILLISECONDS)
      return { verdict: 'fallen' };
    const at = { register, measuredAt: last.measuredAt };
    return { verdict: 'plausible', delivered: minus(register, zero), at };
  }
  if (measuredAt < zeroAt) return { verdict: register > zero + ROUNDING ? 'fallen' : 'known' };
  if (replaced || register < zero)
    return { verdict: !replaced && register > zero - ROUNDING ? 'known' : 'fallen' };
  return { verdict: 'plausible', delivered: minus(register, zero), at: sample };
}

function weighNewer(meter: Meter, sample: Sample, maxPower: number | undefined): Weighed {
  const { last, zero, rival } = meter;
  const { register, measuredAt } = sample;
  if (register === last.register && measuredAt === last.measuredAt) return { verdict: 'known' };
  const delivered = minus(register, zero);
  if (register >= last.register) {
    const verdict = goesOn(last, sample, maxPower) ? 'plausible' : 'jump';
    return { verdict, delivered, at: sample };
  }
  if (rival && goesOn(rival, sample, maxPower)) {
    if (rival.left === 'by jump')
      return { verdict: 'recovered', delivered: Math.max(0, delivered) as MilliWattHours };
    const before = deliveredBy(meter);
    const since = minus(register, rival.register);
    return { verdict: 'replaced', delivered: (before + since) as MilliWattHours, from: rival };
  }
  return { verdict: last.register - register < ROUNDING ? 'known' : 'fallen' };
}

function goesOn(from: Mark, to: Mark, maxPower: number | undefined): boolean {
  if (to.register < from.register) return false;
  if (maxPower === undefined) return true;
  const elapsed = millisBetween(from.measuredAt, to.measuredAt) + METER_LAG_MILLISECONDS;
  // Watts times milliseconds are 1/3600 milliwatt-hours.
  return to.register - from.register <= (maxPower * OVERLOAD * elapsed) / 3_600;
}
