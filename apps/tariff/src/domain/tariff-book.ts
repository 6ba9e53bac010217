import { type Tariff } from '@voltledger/contracts';
import { type Instant } from '@voltledger/kernel';
import { type Demand, selectedTariff } from './tariff-selection';

/** One version of a tariff, and how long it was the one in force. */
export interface TariffVersion {
  readonly tariff: Tariff;
  readonly version: number;
  readonly publishedAt: Instant;
  /** Set on the last version of a tariff that was taken back. */
  readonly withdrawnAt?: Instant | undefined;
}

/**
 * The tariff of a session among all versions of those its connector names: of each the version in
 * force at the start, for a session reported late too. The first version counts from
 * ever: when it was told to us is no matter of the session's.
 */
export function tariffAt(
  tariffIds: readonly string[],
  versions: readonly TariffVersion[],
  startedAt: Instant,
  demand: Demand,
): Tariff | undefined {
  const inForce = tariffIds.flatMap((tariffId) => {
    const own = versions.filter(({ tariff }) => tariffKey(tariff.tariffId) === tariffKey(tariffId));
    return versionAt(own, startedAt);
  });
  return selectedTariff(inForce, startedAt, demand);
}

function versionAt(versions: readonly TariffVersion[], at: Instant): readonly Tariff[] {
  const rising = [...versions].sort((one, other) => one.version - other.version);
  const current = rising.findLast(({ publishedAt }) => publishedAt <= at) ?? rising[0];
  if (!current || (current.withdrawnAt !== undefined && current.withdrawnAt <= at)) return [];
  return [current.tariff];
}

/** Ids are compared without regard to case (OCPI-TYP-01). */
export const tariffKey = (tariffId: string): string => tariffId.toLowerCase();
