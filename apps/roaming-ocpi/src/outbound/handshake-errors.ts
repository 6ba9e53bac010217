import { DomainError } from '@voltledger/kernel';

/** OCPI 3001. */
export const apiUnusable = (code: string, detail: string) =>
  new DomainError('PARTNER_API_UNUSABLE', `The partner's API cannot be used: ${detail}`, { code });

/** OCPI 3002. */
export const versionNotOffered = (offered: readonly string[]) =>
  new DomainError('VERSION_NOT_OFFERED', 'There is no version that both sides speak.', { offered });

/** OCPI 3003. */
export const endpointsMissing = (missing: readonly string[]) =>
  new DomainError(
    'ENDPOINTS_MISSING',
    `The partner does not offer what it must: ${missing.join(', ')}.`,
    { missing },
  );
