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

export const reratingUnknown = (reratingId: string) =>
  new DomainError('RERATING_UNKNOWN', 'There is no such re-rating.', { reratingId });

export const reratingNotComputed = (status: string) =>
  new DomainError('RERATING_NOT_COMPUTED', `The re-rating cannot be decided on: it is ${status}.`, {
    status,
  });

export const sameEyes = (requestedBy: string) =>
  new DomainError('SAME_EYES', 'Whoever asked for it cannot approve of it: it takes another key.', {
    requestedBy,
  });

export const tooManySessions = (sessions: number, most: number) =>
  new DomainError('TOO_MANY_SESSIONS', `More than ${most} sessions: ask for a shorter period.`, {
    sessions,
    most,
  });

export const tooManySimulations = (most: number) =>
  new DomainError('TOO_MANY_SIMULATIONS', `${most} simulations run already: wait, or cancel one.`, {
    most,
  });

export const simulationUnknown = (simulationId: string) =>
  new DomainError('SIMULATION_UNKNOWN', 'There is no such simulation.', { simulationId });
