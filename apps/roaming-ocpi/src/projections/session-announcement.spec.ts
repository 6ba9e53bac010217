import { type SessionEvent } from '@voltledger/contracts';
import { type Instant, instant } from '@voltledger/kernel';
import { ocpiRating, ocpiSessionStory } from '@voltledger/testing';
import { type PartnerSession, partnerSession, ratedSession } from './partner-session';
import { SessionAnnouncements } from './session-announcement';

const at = (time: string): Instant => instant(`2026-03-05T11:${time}Z`);
const announcements = new SessionAnnouncements(10_000);
const story = ocpiSessionStory('nl-tnm');

/** The row after the first `count` events. */
const after = (count: number) =>
  story
    .slice(0, count)
    .reduce<PartnerSession | undefined>(
      (row, event: SessionEvent) => partnerSession(row, { event, recordedAt: at('00:00') }),
      undefined,
    );

const announced = (from: number, recordedAt = at('00:20'), announcedAt: Instant | null = null) => {
  const before = after(from);
  const event = story[from]!;
  const now = partnerSession(before, { event, recordedAt })!;
  return announcements.of(before, now, { recordedAt, announcedAt })?.subject.kind;
};

it('says nothing as long as there is nothing to show', () => expect(announced(0)).toBeUndefined());

it('tells the whole session when it first can be shown', () =>
  expect(announced(1)).toBe('session'));

it('tells totals while it runs', () => expect(announced(2)).toBe('session-totals'));

it('tells them not too often: each carries the newest', () => {
  expect(announced(2, at('00:20'), at('00:12'))).toBeUndefined();
  expect(announced(2, at('00:22'), at('00:12'))).toBe('session-totals');
});

it('tells the end whole and at once', () =>
  expect(announced(4, at('00:20'), at('00:19'))).toBe('session'));

it('tells the final price and its periods whole: only PUT replaces periods (OCPI-SES-11)', () => {
  const before = after(5);
  const now = ratedSession(before, { ...ocpiRating(), throughRevision: 5 }, at('00:21'));
  const moment = { recordedAt: at('00:21'), announcedAt: at('00:20') };
  expect(announcements.of(before, now, moment)?.subject.kind).toBe('session');
});
