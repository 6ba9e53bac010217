import { DomainError, type TariffId } from '@voltledger/kernel';

export const tariffUnknown = (tariffId: TariffId) =>
  new DomainError('TARIFF_UNKNOWN', 'There is no such tariff.', { tariffId });

export const simulationUnknown = (simulationId: string) =>
  new DomainError('SIMULATION_UNKNOWN', 'There is no such simulation.', { simulationId });

export const reratingUnknown = (reratingId: string) =>
  new DomainError('RERATING_UNKNOWN', 'There is no such re-rating.', { reratingId });
