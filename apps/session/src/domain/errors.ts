import { type SessionId, DomainError } from '@voltledger/kernel';

export const sessionUnknown = (sessionId: SessionId) =>
  new DomainError('SESSION_UNKNOWN', 'There is no such session.', { sessionId });

export const sessionNotActive = (sessionId: SessionId) =>
  new DomainError('SESSION_NOT_ACTIVE', 'The session has ended.', { sessionId });

export const evseUnknown = (facts: Readonly<Record<string, unknown>>) =>
  new DomainError('EVSE_UNKNOWN', 'No station of ours has such an EVSE.', facts);

export const tokenUnknown = (facts: Readonly<Record<string, unknown>>) =>
  new DomainError('TOKEN_UNKNOWN', 'There is no such token.', facts);

export const tokenBlocked = (facts: Readonly<Record<string, unknown>>) =>
  new DomainError('TOKEN_BLOCKED', 'The token may not charge.', facts);

export const startUnknown = (startId: string) =>
  new DomainError('START_UNKNOWN', 'No such start was asked for.', { startId });
