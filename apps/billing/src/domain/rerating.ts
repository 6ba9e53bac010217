import { type EndedSession, type Rerating } from './ended-session';
import { type Assessment } from './hold-gate';
import { sameCharge } from './same-charge';
import { type SessionCdrs } from './session-cdrs';

/** Why a re-rating is not applied; the CDRs stay as they are. */
export interface ReratingRefusal {
  readonly reratingId: string;
  readonly code: string;
  readonly detail: string;
}

/** What the session costs by its latest re-rating, unless that was refused or is of another end. */
export function truthOf(session: EndedSession, { reratings }: SessionCdrs): EndedSession {
  const refused = reratings.flatMap((each) => (each.refused ? [each.reratingId] : []));
  const latest = session.reratings.findLast(
    ({ reratingId, throughRevision }) =>
      throughRevision === session.endRevision && !refused.includes(reratingId),
  );
  if (!latest) return session;
  const { tariff, contentHash, rating } = latest;
  return { ...session, rating, tariffs: [...session.tariffs, { tariff, contentHash }] };
}

/** Re-ratings nobody has dealt with yet, in the order they came; of an end not heard of: later. */
export const pendingReratings = (session: EndedSession, { reratings }: SessionCdrs): Rerating[] =>
  session.reratings.filter(
    ({ reratingId, throughRevision }) =>
      throughRevision <= session.endRevision &&
      !reratings.some((known) => known.reratingId === reratingId),
  );

/** @returns undefined when the session's CDRs can follow the re-rating. */
export function reratingRefusal(
  { reratingId, throughRevision }: Rerating,
  isLatest: boolean,
  session: EndedSession,
  assessment: Assessment,
  cdrs: SessionCdrs,
): ReratingRefusal | undefined {
  const refused = (code: string, detail: string) => ({ reratingId, code, detail });
  if (!isLatest) return refused('SUPERSEDED', 'A newer re-rating of the session came before it.');
  if (throughRevision !== session.endRevision)
    return refused('SESSION_CHANGED', 'The session has another end by now: rate it again.');
  const { live, credited, dispute } = cdrs;
  if (dispute) return refused('CDR_DISPUTED', `Dispute ${dispute.disputeId} is open.`);
  if (!live && credited)
    return refused('CDR_CREDITED', `${credited.cdrId} was taken back by hand: reissue it by hand.`);
  if (assessment.kind === 'nothing') return refused('NO_CDR', 'Nobody is charged for the session.');
  if (assessment.kind === 'held') {
    const { reasons } = assessment;
    return refused(
      'CDR_HELD',
      reasons.map(({ code, explanation }) => `${code}: ${explanation}`).join(' '),
    );
  }
  return live && cannotFollow(live, assessment.charge, refused);
}

type Charged = Extract<Assessment, { kind: 'chargeable' }>['charge'];

function cannotFollow(
  live: Charged,
  charge: Charged,
  refused: (code: string, detail: string) => ReratingRefusal,
): ReratingRefusal | undefined {
  const [from, to] = [live, charge].map(({ billed }) => billed.afterTaxes.currency);
  if (from !== to) return refused('CURRENCY_CHANGED', `Charged in ${from}, re-rated in ${to}.`);
  return sameCharge(live, charge)
    ? refused('NOTHING_TO_CORRECT', 'The CDR would say the same.')
    : undefined;
}
