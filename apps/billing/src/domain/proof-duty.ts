import { type ChargingPlace } from '@voltledger/contracts';
import { type Instant } from '@voltledger/kernel';

/** From when on the law of a country (ISO 3166-1 alpha-3) asks for proof by signed records. */
export type ProofDuties = Readonly<Record<string, Instant>>;

/** Laws are dated data (domain.md 3.12): what counts is the end of the supply. */
export function isProofRequired(
  duties: ProofDuties,
  place: ChargingPlace | undefined,
  endedAt: Instant,
): boolean {
  const since = place && duties[place.place.country];
  return since !== undefined && endedAt >= since;
}
