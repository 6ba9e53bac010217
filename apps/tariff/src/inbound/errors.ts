import { DomainError, type TariffId } from '@voltledger/kernel';

export const tariffUnknown = (tariffId: TariffId) =>
  new DomainError('TARIFF_UNKNOWN', 'There is no such tariff.', { tariffId });
