import { type SessionId, DomainError } from '@voltledger/kernel';

export const sessionUnknown = (sessionId: SessionId) =>
  new DomainError('SESSION_UNKNOWN', 'There is no such session.', { sessionId });

export const sessionNotActive = (sessionId: SessionId) =>
  new DomainError('SESSION_NOT_ACTIVE', 'The session has ended.', { sessionId });
