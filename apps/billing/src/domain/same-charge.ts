import { type Charge } from './cdr-document';
import { sameJson } from './same-json';

/**
 * Whether two CDRs of a session charge the same. Who reads or proves it may differ (signed records
 * that came late, the wording of the trace, the name of the rules): none of that is worth a credit.
 */
export const sameCharge = (one: Charge, other: Charge): boolean =>
  sameJson(substance(one), substance(other));

function substance(charge: Charge): Record<string, unknown> {
  return {
    startedAt: charge.startedAt,
    endedAt: charge.endedAt,
    authorization: charge.authorization,
    place: charge.place,
    meterStart: charge.meterStart,
    meterStop: charge.meterStop,
    energy: charge.energy,
    time: charge.time,
    periods: charge.periods,
    tariffHash: charge.tariffHash,
    costs: charge.costs,
    billed: charge.billed,
    roundingPolicy: charge.roundingPolicy,
  };
}
