import { DomainError } from '@voltledger/kernel';

export const partnerExists = (partnerId: string) =>
  new DomainError('PARTNER_EXISTS', 'There is a partner of this id already.', { partnerId });

export const partnerUnknown = (partnerId: string) =>
  new DomainError('PARTNER_UNKNOWN', 'There is no such partner.', { partnerId });

export const partnerRegistered = () =>
  new DomainError(
    'PARTNER_REGISTERED',
    'The partner is registered. Unregister it first, or renew its credentials.',
  );

export const partnerNotRegistered = () =>
  new DomainError('PARTNER_NOT_REGISTERED', 'The partner is not registered.');

export const partnerNotSuspended = () =>
  new DomainError('PARTNER_NOT_SUSPENDED', 'The partner is not suspended.');

/** Somebody else exchanged credentials of this partner in the meantime (OCPI-CRE-25). */
export const credentialsReplaced = () =>
  new DomainError('CREDENTIALS_REPLACED', 'These credentials were replaced in the meantime.');
