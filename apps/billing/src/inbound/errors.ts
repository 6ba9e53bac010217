import { type CdrId, DomainError, type SessionId } from '@voltledger/kernel';

export const sessionUnknown = (sessionId: SessionId) =>
  new DomainError('SESSION_UNKNOWN', 'Billing has not heard of this session.', { sessionId });

export const sessionNotReady = (sessionId: SessionId) =>
  new DomainError('SESSION_NOT_READY', 'The session is not over, or its end is not rated yet.', {
    sessionId,
  });

export const cdrUnknown = (cdrId: CdrId) =>
  new DomainError('CDR_UNKNOWN', 'There is no CDR with this id.', { cdrId });

export const disputeUnknown = (disputeId: string) =>
  new DomainError('DISPUTE_UNKNOWN', 'There is no dispute with this id.', { disputeId });

export const erasureUnknown = (erasureId: string) =>
  new DomainError('ERASURE_UNKNOWN', 'There is no erasure with this id.', { erasureId });

export const erasureOff = () =>
  new DomainError(
    'ERASURE_OFF',
    'Personal fields are not sealed here: SUBJECT_SECRET_KEY is not set.',
  );
