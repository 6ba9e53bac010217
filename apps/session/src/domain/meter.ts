import { type Reading } from '@voltledger/contracts';
import { type Instant, type MilliWattHours, later } from '@voltledger/kernel';

export interface Mark {
  readonly measuredAt: Instant;
  readonly register: MilliWattHours;
}

/** What a session knows of its meter; of one size, however many readings came. */
export interface Meter {
  /**
   * The register at which nothing was delivered yet. After the meter was replaced it lies as far
   * below the new meter's start as the old one had delivered, so one subtraction is enough.
   */
  readonly zero: MilliWattHours;
  readonly zeroAt: Instant;
  /** The start was measured as such, and not taken from whatever reading came first. */
  readonly startMeasured: boolean;
  readonly replaced: boolean;
  readonly last: Mark;
  /**
   * After a doubtful reading there are two ways to go on: from `last`, or from here. The next
   * reading tells which: the fallen register (the meter was replaced), or the one before a jump.
   */
  readonly rival?: Mark & { readonly left: 'by fall' | 'by jump' };
}

export type TakenReading = Mark & Pick<Reading, 'context'> & { readonly delivered: MilliWattHours };

export interface DoubtedReading extends Mark {
  readonly kind: 'rollback' | 'jump' | 'replaced';
  readonly expected: MilliWattHours;
}

export const minus = (one: MilliWattHours, other: MilliWattHours): MilliWattHours =>
  (one - other) as MilliWattHours;

export const deliveredBy = ({ last, zero }: Meter): MilliWattHours => minus(last.register, zero);

export const startedAtRegister = ({ measuredAt, register }: Mark): Meter => ({
  zero: register,
  zeroAt: measuredAt,
  startMeasured: true,
  replaced: false,
  last: { measuredAt, register },
});

/** The meter after a reading was taken. */
export function counted(meter: Meter | undefined, taken: TakenReading): Meter {
  const { measuredAt, register, context, delivered } = taken;
  const mark = { measuredAt, register };
  if (!meter) return { ...startedAtRegister(mark), startMeasured: context === 'begin' };
  if (delivered === 0 && (context === 'begin' || measuredAt < meter.zeroAt))
    return restarted(meter, taken);
  if (measuredAt < meter.last.measuredAt) return meter;
  const { rival: _settled, ...rest } = meter;
  return { ...rest, zero: minus(register, delivered), last: mark };
}

/** The start was told late, or more exactly. */
function restarted(meter: Meter, { measuredAt, register, context }: TakenReading): Meter {
  const mark = { measuredAt, register };
  return {
    ...meter,
    zero: register,
    zeroAt: measuredAt,
    startMeasured: meter.startMeasured || context === 'begin',
    last:
      meter.last.register > register
        ? meter.last
        : { ...mark, measuredAt: later(measuredAt, meter.last.measuredAt) },
  };
}

/** The meter after a reading was doubted. A doubted older one changes nothing. */
export function doubted(meter: Meter, reading: DoubtedReading): Meter {
  const { kind, measuredAt, register, expected } = reading;
  switch (kind) {
    case 'rollback':
      if (measuredAt < meter.last.measuredAt) return meter;
      return { ...meter, rival: { measuredAt, register, left: 'by fall' } };
    case 'jump':
      return { ...meter, rival: { measuredAt, register: expected, left: 'by jump' } };
    case 'replaced':
      return { ...meter, replaced: true };
  }
}
