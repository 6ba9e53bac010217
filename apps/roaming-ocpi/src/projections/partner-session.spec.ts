import { type SessionEvent } from '@voltledger/contracts';
import { instant } from '@voltledger/kernel';
import {
  SAMPLE_OCPI_SESSION,
  ocpiAuthorization,
  ocpiRating,
  ocpiSessionStory,
} from '@voltledger/testing';
import { type PartnerSession, partnerSession, ratedSession, shownSession } from './partner-session';

const at = (second: number) => instant(`2026-03-05T11:00:${String(second).padStart(2, '0')}Z`);
const rating = (throughRevision = 5) => ({ ...ocpiRating(), throughRevision });
const story = ocpiSessionStory('nl-tnm');

const told = (events: readonly SessionEvent[], from?: PartnerSession) =>
  events.reduce<PartnerSession | undefined>(
    (row, event, index) => partnerSession(row, { event, recordedAt: at(index) }),
    from,
  );

const without = (event: SessionEvent, field: string): SessionEvent => {
  const { [field]: _, ...data } = event.data as Record<string, unknown>;
  return { ...event, data } as SessionEvent;
};

const authorized = (payer: { kind: 'own' } | { kind: 'ocpi' }): SessionEvent => ({
  type: 'SessionAuthorized',
  data: {
    sessionId: SAMPLE_OCPI_SESSION as never,
    authorization:
      payer.kind === 'own'
        ? { ...ocpiAuthorization('nl-tnm'), payer: { kind: 'own' } }
        : ocpiAuthorization('nl-tnm'),
  },
});

it('is shown once place, driver and currency are facts', () => {
  const [started, tariff] = story as [SessionEvent, SessionEvent];
  expect(shownSession(told([started]))).toBeUndefined();
  expect(shownSession(told([started, tariff]))).toMatchObject({
    status: 'ACTIVE',
    currency: 'EUR',
    energy: 0,
  });
  const unknownPlace = told([without(started, 'place'), tariff]);
  expect(shownSession(unknownPlace)).toBeUndefined();
});

it('grows with its readings; one that shows less does not shrink it', () => {
  const [started, tariff, reading] = story as [SessionEvent, SessionEvent, SessionEvent];
  const late = { ...reading, data: { ...reading.data, delivered: 1_000 } } as SessionEvent;
  expect(shownSession(told([started, tariff, reading, late]))).toMatchObject({ energy: 5_000_000 });
});

it('costs what it cost last, and in the end what it was rated at', () => {
  expect(shownSession(told(story))?.cost?.beforeTaxes.micros).toBe(2_800_000);
  const rated = ratedSession(told(story), rating(), at(9));
  expect(shownSession(rated)).toMatchObject({
    cost: { beforeTaxes: { micros: 8_250_000 } },
    periods: [{ energy: 10_000_000 }, { energy: 0 }],
  });
});

it('is the same whichever topic was faster, price or session', () => {
  const priceFirst = told(story, ratedSession(undefined, rating(), at(0)));
  const priceLast = ratedSession(told(story), rating(), at(0));
  expect(shownSession(priceFirst)).toEqual(shownSession(priceLast));
});

it('takes the rating of a corrected end, and no older one after it', () => {
  const corrected = { ...rating(9), energy: 11_000_000 as never };
  const row = ratedSession(ratedSession(told(story), corrected, at(1)), rating(5), at(2));
  expect(row).toMatchObject({ rating: { throughRevision: 9 } });
});

it("is the partner's when the driver is named late (OCPI-SES-24)", () => {
  const [started, tariff] = story as [SessionEvent, SessionEvent];
  const unnamed = told([without(started, 'authorization'), tariff]);
  expect(shownSession(unnamed)).toBeUndefined();
  expect(shownSession(told([authorized({ kind: 'ocpi' })], unnamed))).toBeDefined();
});

it("is nobody's business when somebody else pays", () => {
  const [started] = story as [SessionEvent];
  const row = told([without(started, 'authorization'), authorized({ kind: 'own' })]);
  expect(row).toEqual({ owner: 'others' });
  expect(ratedSession(row, rating(), at(9))).toBe(row);
});
