import { type HoldReason, type Rating, type Tariff } from '@voltledger/contracts';
import { HALF_UP_PER_TOTAL } from '@voltledger/kernel';
import { billFor } from './bill';
import { type Charge } from './cdr-document';
import { clockReasons } from './clock-checks';
import { costReasons } from './cost-checks';
import { type EndedSession } from './ended-session';
import { energyReasons, registerDoubts } from './energy-checks';
import { meterAnomaly, noPayer, noTariff, tariffUnknown } from './hold-reasons';
import { periodReasons } from './period-checks';
import { placeReasons } from './place-checks';
import { signatureReasons } from './signature-checks';

export type Assessment =
  /** Nothing was drawn and nobody has to pay: there is no one to send a CDR to. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'held'; readonly reasons: readonly HoldReason[] }
  | { readonly kind: 'chargeable'; readonly charge: Charge };

/**
 * Hold instead of guess: a CDR is made of what is known, or it is held with everything that is
 * missing or in doubt. Doubts a person has vouched for (`accepted`) hold nothing any more.
 */
export function assessed(session: EndedSession, accepted: readonly HoldReason[] = []): Assessment {
  if (!session.authorization && session.delivered === 0) return { kind: 'nothing' };
  const fixed = session.tariffs.find(
    ({ contentHash }) => contentHash === session.rating?.tariffHash,
  );
  const reasons = reasonsFor(session, fixed?.tariff).filter((each) => !isAmong(accepted, each));
  if (reasons.length > 0) return { kind: 'held', reasons };
  const { authorization, place, rating } = session;
  if (!authorization || !place || !rating || !fixed)
    throw new Error(`${session.sessionId} passed the gate although something is missing`);
  const parties = { authorization, place };
  return { kind: 'chargeable', charge: chargeOf(session, parties, rating, fixed) };
}

/** Vouched for is exactly what was shown: the same doubt about another reading holds again. */
const isAmong = (accepted: readonly HoldReason[], { code, explanation }: HoldReason): boolean =>
  accepted.some((each) => each.code === code && each.explanation === explanation);

function reasonsFor(session: EndedSession, tariff: Tariff | undefined): HoldReason[] {
  const { rating } = session;
  const breaks = registerDoubts(session);
  return [
    ...(rating ? [] : [noTariff()]),
    ...(rating && !tariff ? [tariffUnknown(rating.tariffHash)] : []),
    ...(session.authorization ? [] : [noPayer(session.refusal)]),
    ...placeReasons(session),
    ...(breaks.length > 0 ? [meterAnomaly(breaks)] : []),
    ...clockReasons(session, tariff),
    ...signatureReasons(session, tariff),
    ...energyReasons(session),
    ...(session.endedAt < session.startedAt ? [] : periodReasons(session)),
    ...(rating && tariff ? costReasons(rating, tariff) : []),
  ];
}

function chargeOf(
  session: EndedSession,
  parties: Pick<Charge, 'authorization' | 'place'>,
  rating: Rating,
  { tariff, contentHash }: EndedSession['tariffs'][number],
): Charge {
  const { sessionId, startedAt, endedAt, meterStart, meterStop } = session;
  return {
    ...{ sessionId, startedAt, endedAt, ...parties },
    countryCode: parties.place.place.countryCode,
    partyId: parties.place.place.partyId,
    ...(meterStart !== undefined && { meterStart }),
    ...(meterStop !== undefined && { meterStop }),
    energy: rating.energy,
    time: rating.time,
    periods: rating.periods.length > 0 ? rating.periods : [wholeSession(session, rating)],
    ...{ tariff, tariffHash: contentHash },
    ...{ costs: rating.costs, billed: billFor(rating.costs), roundingPolicy: HALF_UP_PER_TOTAL },
    ratingRules: rating.rules,
    trace: rating.trace,
    signedData: session.signedData,
  };
}

/** A CDR has at least one period (OCPI-CDR-16), also when nothing was measured in the session. */
const wholeSession = (session: EndedSession, { energy, time, tariffId }: Rating) => ({
  ...{ startedAt: session.startedAt, endedAt: session.endedAt, energy, tariffId },
  ...{ chargingTime: time.charging, parkingTime: time.parking, reservedTime: time.reserved },
});
