import { type Tariff } from '@voltledger/contracts';
import { type Wire } from './ocpi-version';
import { type Party } from './roaming-objects';

/** How one version writes a price list. */
export interface TariffFormat {
  /** As in the versions list. */
  readonly version: string;
  /**
   * @param owner the party whose tariff it is, for versions whose tariffs do not say.
   * @throws ZodError naming field and rule.
   */
  readonly read: (body: unknown, owner: Party) => Tariff;
  /** @throws DomainError TARIFF_NOT_EXPRESSIBLE when this version cannot say what it costs. */
  readonly write: (tariff: Tariff) => Wire;
}
