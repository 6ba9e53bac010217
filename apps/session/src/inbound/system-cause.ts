import { type Cause } from '@voltledger/kernel';
import { type Scope, derivedUuid } from '@voltledger/platform';

/** The cause of what we do by ourselves because time has passed; the same for the same occasion. */
export function systemCause({ tenant, region }: Scope, ...occasion: string[]): Cause {
  const causationId = derivedUuid('session-system', ...occasion);
  return { causationId, correlationId: occasion[1] ?? causationId, tenant, region };
}
