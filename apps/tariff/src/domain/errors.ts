import { type TariffId, DomainError } from '@voltledger/kernel';

/** A field of a tariff and the rule it breaks. */
export interface BrokenTariffRule {
  readonly field: string;
  readonly rule: string;
}

export const tariffInvalid = (tariffId: TariffId, rules: readonly BrokenTariffRule[]) =>
  new DomainError(
    'TARIFF_INVALID',
    `The tariff is not published: ${rules.map(({ field, rule }) => `${field} ${rule}`).join('; ')}.`,
    { tariffId, rules },
  );

export const tariffUnknown = (tariffId: TariffId) =>
  new DomainError('TARIFF_UNKNOWN', 'There is no such tariff.', { tariffId });

export const tariffWithdrawn = (tariffId: TariffId) =>
  new DomainError('TARIFF_WITHDRAWN', 'The tariff was withdrawn before.', { tariffId });
