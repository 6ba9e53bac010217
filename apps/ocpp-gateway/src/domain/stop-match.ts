import { type Instant, type MilliWattHours } from '@voltledger/kernel';

/** A transaction we numbered whose end we have not seen. */
export interface OpenTransaction {
  readonly transactionId: string;
  readonly evse?: number;
  readonly startedAt: Instant;
  readonly meterStart?: MilliWattHours;
}

export interface NamelessStop {
  readonly endedAt: Instant;
  readonly meterStop?: MilliWattHours;
}

/**
 * Which transaction a stop ends that names none (OCPP-1.6-TX-08): the only one of the station that
 * it can end by time and meter. Never a guess: with two or none it is an orphan.
 */
export function onlyFitting<Open extends OpenTransaction>(
  open: readonly Open[],
  stop: NamelessStop,
): Open | undefined {
  const [match, ...others] = open.filter((one) => fits(one, open, stop));
  return others.length === 0 ? match : undefined;
}

function fits(
  { evse, startedAt, meterStart }: OpenTransaction,
  open: readonly OpenTransaction[],
  { endedAt, meterStop }: NamelessStop,
): boolean {
  if (endedAt < startedAt) return false;
  if (meterStart !== undefined && meterStop !== undefined && meterStop < meterStart) return false;
  const overtaken = open.some(
    (next) => next.evse === evse && next.startedAt > startedAt && next.startedAt < endedAt,
  );
  return !overtaken;
}
