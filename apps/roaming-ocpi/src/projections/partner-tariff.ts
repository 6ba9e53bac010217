import { type Tariff, type TariffEventEnvelope } from '@voltledger/contracts';
import { type Instant } from '@voltledger/kernel';

/** A tariff as partners know it. A withdrawn one is kept, so that it can be deleted there. */
export interface PartnerTariff {
  readonly tariffId: Tariff['tariffId'];
  readonly tariff: Tariff;
  readonly version: number;
  readonly withdrawn: boolean;
  readonly changedAt: Instant;
}

/** Only what is published or withdrawn concerns partners; prices of sessions are another story. */
export function partnerTariff(
  row: PartnerTariff | undefined,
  { event, recordedAt }: Pick<TariffEventEnvelope, 'event' | 'recordedAt'>,
): PartnerTariff | undefined {
  if (event.type === 'TariffPublished') {
    const { tariff, version } = event.data;
    if (row && row.version >= version) return row;
    const { tariffId } = tariff;
    return { tariffId, tariff, version, withdrawn: false, changedAt: recordedAt };
  }
  if (event.type === 'TariffWithdrawn' && row && !row.withdrawn)
    return { ...row, withdrawn: true, changedAt: recordedAt };
  return row;
}

/** The tariff with the time of our recording: a partner that asks "since then" misses nothing. */
export const shownTariff = ({ tariff, changedAt }: PartnerTariff): Tariff => ({
  ...tariff,
  updatedAt: changedAt,
});
