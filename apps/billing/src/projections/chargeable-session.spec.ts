import { type SessionEvent, type TariffEvent } from '@voltledger/contracts';
import { energy } from '@voltledger/kernel';
import fc from 'fast-check';
import {
  endedAt,
  ocpiDriver,
  place,
  rating,
  session,
  startedAt,
  tariff,
  tariffHash,
} from '../../test/samples';
import {
  type BilledSessionEvent,
  type ChargeableSession,
  afterSessionEvent,
  awaitsRating,
  endedSession,
  isBilled,
  unknownSession,
} from './chargeable-session';
import { afterTariffEvent } from './session-prices';

const { sessionId } = session;

const told: BilledSessionEvent[] = [
  {
    type: 'SessionStarted',
    data: {
      ...{ sessionId, stationId: 'CS1' as never, transactionId: '7', startedAt },
      ...{ reportedAt: startedAt, offline: false, meterStart: energy('100') },
    },
  },
  { type: 'SessionPlaced', data: { sessionId, place } },
  { type: 'SessionAuthorized', data: { sessionId, authorization: ocpiDriver } },
  { type: 'TariffAttached', data: { sessionId, tariff, contentHash: tariffHash } },
  {
    type: 'MeterAnomalyFound',
    data: { sessionId, kind: 'gap', measuredAt: startedAt, detail: 'no reading for an hour' },
  },
  {
    type: 'SignedDataReceived',
    data: {
      ...{ sessionId, measuredAt: endedAt },
      signed: { data: 'OCMF|', encodingMethod: 'OCMF', signingMethod: 'ECDSA', publicKey: '' },
    },
  },
  {
    type: 'SessionClosedByEstimate',
    data: {
      ...{ sessionId, endedAt, basis: 'age' },
      delivered: energy('9'),
      meterStop: energy('109'),
    },
  },
  {
    type: 'SessionEnded',
    data: {
      ...{ sessionId, endedAt, reason: 'EVDisconnected', corrects: 'estimate' },
      ...{ delivered: energy('10'), meterStop: energy('110') },
    },
  },
];
type Heard = Parameters<typeof afterTariffEvent>[1];
const rated = (throughRevision: number): Heard => ({
  type: 'SessionRated',
  data: { sessionId, throughRevision, at: endedAt, ...(throughRevision === 8 && { rating }) },
});
const priced: Heard[] = [
  { type: 'TariffSelected', data: { sessionId, tariff, contentHash: tariffHash } },
  rated(7),
  rated(8),
];

/** Each a message of its own. */
const hearPrice = (row: ChargeableSession, event: Heard) =>
  afterTariffEvent(row, event, JSON.stringify(event));

const hear = (row: ChargeableSession, events: readonly BilledSessionEvent[], from = 0) =>
  events.reduce((so, event, at) => afterSessionEvent(so, event, from + at + 1), row);

describe('a session as billing knows it', () => {
  const whole = priced.reduce(hearPrice, hear(unknownSession(sessionId), told));

  it('is complete when it is over and that end is rated', () =>
    expect(endedSession(whole)).toMatchObject({
      ...{ sessionId, startedAt, endedAt, endRevision: 8, ratedRevision: 8 },
      ...{ delivered: energy('10'), meterStop: energy('110'), rating, place },
      ...{ authorization: ocpiDriver, tariffs: [{ contentHash: tariffHash }] },
    }));

  it('is not complete while only an earlier end is rated', () => {
    const early = hearPrice(hear(unknownSession(sessionId), told), rated(7));
    expect(endedSession(early)).toBeUndefined();
    expect(awaitsRating(early)).toBe(true);
    expect(awaitsRating(whole)).toBe(false);
  });

  it('1.13: keeps its price when an older one is heard again', () => {
    const unpriced: Heard = {
      type: 'SessionRated',
      data: { sessionId, throughRevision: 8, at: endedAt },
    };
    const first = hearPrice(hear(unknownSession(sessionId), told), unpriced);
    const later = hearPrice(first, rated(8));
    expect(hearPrice(later, unpriced)).toBe(later);
  });

  it('is not complete before its start is known', () =>
    expect(endedSession({ ...whole, start: undefined })).toBeUndefined());

  it('keeps the payer it knows when the start is told again', () =>
    expect(hear(whole, told.slice(0, 1))).toBe(whole));

  it('is the same however the two topics interleave, and whatever comes twice', () => {
    const interleaving = fc.array(fc.boolean(), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(interleaving, fc.nat(7), (fromTariff, repeated) => {
        let row = unknownSession(sessionId);
        let [sessions, tariffs] = [0, 0];
        for (const tariffFirst of fromTariff) {
          const heard = tariffFirst ? priced[tariffs] : undefined;
          if (heard) {
            row = hearPrice(row, heard);
            tariffs += 1;
          } else if (sessions < told.length) {
            row = afterSessionEvent(row, told[sessions]!, sessions + 1);
            sessions += 1;
          }
          const again = Math.min(repeated, sessions - 1);
          if (again >= 0) row = afterSessionEvent(row, told[again]!, again + 1);
        }
        for (; tariffs < priced.length; tariffs += 1) row = hearPrice(row, priced[tariffs]!);
        row = hear(row, told.slice(sessions), sessions);
        expect(row).toEqual(whole);
      }),
    );
  });

  it('listens only to what a CDR depends on', () => {
    const requested = { type: 'StartAccepted', data: {} } as unknown as SessionEvent;
    expect(isBilled(requested)).toBe(false);
    expect(told.every(isBilled)).toBe(true);
  });

  it('1.9: keeps every price list that was fixed, and a re-rating by another', () => {
    const other: TariffEvent = {
      type: 'TariffSelected',
      data: { sessionId, tariff, contentHash: 'b'.repeat(64) },
    };
    expect(hearPrice(whole, other).tariffs).toHaveLength(2);
  });
});
