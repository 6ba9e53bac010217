import { type Tariff } from '@voltledger/contracts';
import { type Instant } from '@voltledger/kernel';

export type TariffType = NonNullable<Tariff['type']>;

/** How the driver came, and what was asked for. */
export interface Demand {
  /** At a payment terminal, without any contract. */
  readonly adHoc: boolean;
  readonly profile?: 'CHEAP' | 'FAST' | 'GREEN' | 'REGULAR' | undefined;
}

/** As much of a tariff as choosing needs. */
export type Candidate = Pick<Tariff, 'type' | 'validFrom' | 'validTo'>;

/**
 * The tariff a session starts under: of those valid at its start (end exclusive, R-01), one of the
 * wanted type, else one for all. Of two alike the one that came into force last
 * (ocpi.md, Ambiguities 14).
 *
 * @param candidates as the connector lists them.
 * @returns undefined when none fits: then no price is known, which is not "free".
 */
export function selectedTariff<Each extends Candidate>(
  candidates: readonly Each[],
  startedAt: Instant,
  demand: Demand,
): Each | undefined {
  const wanted = wantedType(demand);
  const valid = candidates.filter(
    ({ validFrom, validTo }) =>
      (validFrom === undefined || validFrom <= startedAt) &&
      (validTo === undefined || startedAt < validTo),
  );
  return (
    latest(valid.filter(({ type }) => type === wanted)) ??
    latest(valid.filter(({ type }) => type === undefined))
  );
}

function wantedType({ adHoc, profile }: Demand): TariffType {
  if (adHoc) return 'AD_HOC_PAYMENT';
  return profile === undefined || profile === 'REGULAR' ? 'REGULAR' : `PROFILE_${profile}`;
}

function latest<Each extends Candidate>(candidates: readonly Each[]): Each | undefined {
  return candidates.reduce<Each | undefined>(
    (best, each) => (best && (best.validFrom ?? '') >= (each.validFrom ?? '') ? best : each),
    undefined,
  );
}
