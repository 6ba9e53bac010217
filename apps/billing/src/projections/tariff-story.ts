import { type Rating, type TariffEvent } from '@voltledger/contracts';
import { type Instant, type SessionId } from '@voltledger/kernel';
import { type Told } from './story-entry';
import { kWh, priceText, shortHash } from './story-words';

type DataOf<Type extends TariffEvent['type']> = Extract<TariffEvent, { type: Type }>['data'];

interface Line extends Omit<Told, 'occurredAt' | 'stage'> {
  readonly occurredAt?: Instant;
}

/** What is told of each event. The running figures are told by the session's `CostUpdated`. */
const LINES: { readonly [Type in TariffEvent['type']]?: (data: DataOf<Type>) => Line } = {
  TariffSelected: ({ tariff, contentHash }) => ({
    text: `tariff ${tariff.tariffId} in ${tariff.currency} is in force (${shortHash(contentHash)})`,
  }),
  NoTariffFound: ({ at }) => ({ text: 'no tariff is in force', occurredAt: at }),
  SessionRated: ({ rating, at, throughRevision }) => ({
    ...(rating
      ? rated(rating, `revision ${throughRevision}`)
      : { text: `the end (revision ${throughRevision}) has no price: there is no tariff` }),
    occurredAt: at,
  }),
  SessionRerated: ({ rating, throughRevision, reratingId, reason, at, ...people }) => ({
    ...rated(rating, `revision ${throughRevision}, again`),
    text:
      `re-rating ${reratingId}: ${priceText(rating.costs.total)} by tariff ${rating.tariffId} ` +
      `(${shortHash(rating.tariffHash)}), asked for by ${people.requestedBy}, ` +
      `approved by ${people.approvedBy}: ${reason}`,
    occurredAt: at,
  }),
};

/** How the session got its price. */
export function tariffStory(
  { type, data }: TariffEvent,
  recordedAt: Instant,
): (Told & { readonly sessionId: SessionId }) | undefined {
  const line = LINES[type] as ((of: TariffEvent['data']) => Line) | undefined;
  if (!line || !('sessionId' in data)) return undefined;
  return { sessionId: data.sessionId, stage: 'price', occurredAt: recordedAt, ...line(data) };
}

const rated = (rating: Rating, of: string): Line => ({
  text:
    `the end (${of}) is rated by ${rating.rules}, tariff ${rating.tariffId} ` +
    `(${shortHash(rating.tariffHash)}): ${kWh(rating.energy)}, ${priceText(rating.costs.total)}`,
  details: rating.trace,
  facts: { price: priceText(rating.costs.total) },
});
