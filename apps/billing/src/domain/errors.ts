import {
  type CdrId,
  type Currency,
  DomainError,
  type Money,
  type SessionId,
} from '@voltledger/kernel';
import { type HoldReason } from '@voltledger/contracts';

export const sessionNotEnded = (sessionId: SessionId) =>
  new DomainError('SESSION_NOT_ENDED', 'A session is charged for when it is over.', { sessionId });

export const sessionNotRated = (sessionId: SessionId) =>
  new DomainError('SESSION_NOT_RATED', 'What the session costs at its end is not known yet.', {
    sessionId,
  });

export const cdrHeld = (reasons: readonly HoldReason[]) =>
  new DomainError('CDR_HELD', 'The CDR is held; nothing is issued until it is released.', {
    reasons,
  });

export const cdrNotHeld = (sessionId: SessionId) =>
  new DomainError('CDR_NOT_HELD', 'No CDR of this session is held.', { sessionId });

export const cdrAlreadyIssued = (cdrId: CdrId) =>
  new DomainError(
    'CDR_ALREADY_ISSUED',
    'The session has a live CDR. It is never changed, only credited and issued anew.',
    { cdrId },
  );

export const cdrIdTaken = (cdrId: CdrId) =>
  new DomainError('CDR_ID_TAKEN', 'This session has a CDR with that id already.', { cdrId });

export const cdrNotLive = (cdrId: CdrId) =>
  new DomainError('CDR_NOT_LIVE', 'This is not the live CDR of its session.', { cdrId });

export const notACreditOf = (cdrId: CdrId) =>
  new DomainError('NOT_A_CREDIT', 'A credit copies the CDR and negates its total only.', { cdrId });

export const replacesAnother = (cdrId: CdrId) =>
  new DomainError('REPLACES_ANOTHER_CDR', 'A new CDR names the credited one it stands for.', {
    cdrId,
  });

export const nothingToCorrect = (cdrId: CdrId) =>
  new DomainError('NOTHING_TO_CORRECT', 'A new CDR would say the same as the live one.', { cdrId });

export const currencyChanged = (from: Currency, to: Currency) =>
  new DomainError('CURRENCY_CHANGED', 'A session is charged in one currency for good.', {
    from,
    to,
  });

export const releaseRequested = (by: string) =>
  new DomainError(
    'RELEASE_REQUESTED',
    'A release was asked for already: somebody else has to approve or refuse it.',
    { by },
  );

export const noReleaseRequested = (sessionId: SessionId) =>
  new DomainError('NO_RELEASE_REQUESTED', 'Nobody has asked for a release of this CDR.', {
    sessionId,
  });

export const sameEyes = (by: string) =>
  new DomainError('SAME_EYES', 'Who asked for a release cannot approve it: use another key.', {
    by,
  });

export const releaseOutdated = (sessionId: SessionId) =>
  new DomainError(
    'RELEASE_OUTDATED',
    'The CDR would bill another amount than when the release was asked for: refuse it, ask again.',
    { sessionId },
  );

export const cdrDisputed = (cdrId: CdrId, disputeId: string) =>
  new DomainError('CDR_DISPUTED', 'The CDR is in dispute: resolve that first.', {
    cdrId,
    disputeId,
  });

export const disputeNotOpen = (disputeId: string) =>
  new DomainError('DISPUTE_NOT_OPEN', 'No dispute with this id is open.', { disputeId });

export const disputedBeyond = (owed: Money) =>
  new DomainError('DISPUTED_BEYOND_CDR', 'Nobody can dispute more than the CDR bills.', { owed });
