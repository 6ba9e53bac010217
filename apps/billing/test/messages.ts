import {
  type SessionEvent,
  type TariffEvent,
  messageFor,
  sessionEvents,
  tariffEvents,
} from '@voltledger/contracts';
import {
  type OutgoingMessage,
  type Region,
  type SessionId,
  type TenantId,
  instant,
} from '@voltledger/kernel';
import { derivedUuid } from '@voltledger/platform';
import { type EndedSession } from '../src/domain/ended-session';

const scope = { tenant: 'voltledger' as TenantId, region: 'home' as Region };
const recordedAt = instant('2026-03-05T11:00:01Z');

/** What the session service says about a session; revisions count from 1. */
export const sessionMessage = (
  sessionId: SessionId,
  revision: number,
  event: SessionEvent,
): OutgoingMessage =>
  messageFor(sessionEvents, {
    ...{ id: derivedUuid('test', sessionId, 'session', String(revision)), key: sessionId },
    ...{ event, recordedAt, revision, ...scope, causationId: 'station', correlationId: sessionId },
  });

export const tariffMessage = (
  sessionId: SessionId,
  number: number,
  event: TariffEvent,
): OutgoingMessage =>
  messageFor(tariffEvents, {
    ...{ id: derivedUuid('test', sessionId, 'tariff', String(number)), key: sessionId },
    ...{ event, recordedAt, ...scope, causationId: 'session', correlationId: sessionId },
  });

/** A session from start to end, as its two topics tell it. The end has revision `endRevision`. */
export function storyOf(session: EndedSession): OutgoingMessage[] {
  const { sessionId, startedAt, meterStart, authorization, place } = session;
  const [fixed] = session.tariffs;
  const told: SessionEvent[] = [
    {
      type: 'SessionStarted',
      data: {
        ...{ sessionId, stationId: 'CS1' as never, transactionId: '7', startedAt },
        ...{ reportedAt: startedAt, offline: false, meterStart, authorization, place },
      },
    },
    ...(fixed ? [{ type: 'TariffAttached' as const, data: { sessionId, ...fixed } }] : []),
    ...session.doubts.map((doubt) => ({
      type: 'MeterAnomalyFound' as const,
      data: { sessionId, ...doubt },
    })),
  ];
  return [
    ...told.map((event, at) => sessionMessage(sessionId, at + 1, event)),
    endOf(session),
    ratingOf(session),
  ];
}

export const endOf = (session: EndedSession): OutgoingMessage => {
  const { sessionId, endedAt, delivered, meterStop, endRevision } = session;
  const data = { sessionId, endedAt, delivered, meterStop, reason: 'EVDisconnected' };
  return sessionMessage(sessionId, endRevision, { type: 'SessionEnded', data });
};

export const ratingOf = ({ sessionId, rating, endedAt, ratedRevision }: EndedSession) =>
  tariffMessage(sessionId, ratedRevision, {
    type: 'SessionRated',
    data: { sessionId, throughRevision: ratedRevision, at: endedAt, ...(rating && { rating }) },
  });

/** A corrected price of the same end, by a tariff with another hash. */
export const reratingOf = (
  { sessionId, endRevision }: EndedSession,
  reratingId: string,
  { rating, tariffs: [fixed] }: EndedSession,
): OutgoingMessage => {
  if (!rating || !fixed) throw new Error('a re-rating has a rating and its tariff');
  const people = { requestedBy: 'ada', approvedBy: 'bob', reason: 'the price was a typo' };
  const about = { sessionId, reratingId, throughRevision: endRevision, at: recordedAt };
  return {
    ...tariffMessage(sessionId, 0, {
      type: 'SessionRerated',
      data: { ...about, ...people, ...fixed, rating },
    }),
    id: derivedUuid('test', sessionId, 'rerating', reratingId),
  };
};
