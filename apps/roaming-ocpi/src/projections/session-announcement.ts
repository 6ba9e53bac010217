import { type Instant, type PartnerId, millisBetween } from '@voltledger/kernel';
import { type RoamingSession } from '@voltledger/ocpi';
import { type PartnerSession, shownSession } from './partner-session';
import { type PushSubject } from './push-kinds';

export interface Announcement {
  readonly partnerId: PartnerId;
  readonly subject: Extract<PushSubject, { kind: 'session' | 'session-totals' }>;
}

interface Moment {
  readonly recordedAt: Instant;
  readonly announcedAt: Instant | null;
}

/** Decides when a session's partner is told about it. */
export class SessionAnnouncements {
  /** @param pauseMillis between two announcements that bring nothing but new totals. */
  constructor(private readonly pauseMillis: number) {}

  /**
   * The whole session when it first can be shown and whenever more than its totals changed; else
   * the totals, not more often than every so often: each carries the newest, so nothing is lost.
   */
  of(
    before: PartnerSession | undefined,
    now: PartnerSession,
    { recordedAt, announcedAt }: Moment,
  ): Announcement | undefined {
    const shown = shownSession(now);
    if (!shown) return undefined;
    const { sessionId, authorization } = shown;
    const { partnerId } = authorization.payer;
    const known = shownSession(before);
    if (!known || !onlyTotalsDiffer(known, shown))
      return { partnerId, subject: { kind: 'session', sessionId } };
    const tooSoon =
      announcedAt !== null && millisBetween(announcedAt, recordedAt) < this.pauseMillis;
    return tooSoon ? undefined : { partnerId, subject: { kind: 'session-totals', sessionId } };
  }
}

function onlyTotalsDiffer(one: RoamingSession, other: RoamingSession): boolean {
  return (
    one.status === other.status &&
    one.endedAt === other.endedAt &&
    one.periods === other.periods &&
    one.place === other.place &&
    one.authorization === other.authorization &&
    one.currency === other.currency
  );
}
