import { type TariffEvent } from '@voltledger/contracts';
import { type ChargeableSession, type DataOf, withTariff } from './chargeable-session';

export type PricingEvent = Extract<
  TariffEvent,
  { type: 'SessionRated' | 'SessionRerated' | 'TariffSelected' }
>;

export const isPricing = (event: TariffEvent): event is PricingEvent =>
  ['SessionRated', 'SessionRerated', 'TariffSelected'].includes(event.type);

/** What the tariff service says: the price list of the session, and what its end costs. */
export function afterTariffEvent(
  session: ChargeableSession,
  event: PricingEvent,
  messageId: string,
): ChargeableSession {
  if (event.type === 'TariffSelected') return withTariff(session, event.data);
  if (event.type === 'SessionRerated') return withRerating(session, event.data);
  const { throughRevision, rating } = event.data;
  const { throughRevision: known, heard } = session.rated ?? { throughRevision: 0, heard: [] };
  if (throughRevision < known || heard.includes(messageId)) return session;
  return {
    ...session,
    rated: { throughRevision, heard: [...heard, messageId], ...(rating && { rating }) },
  };
}

function withRerating(
  session: ChargeableSession,
  { sessionId: _known, at: _then, ...rerating }: DataOf<TariffEvent, 'SessionRerated'>,
): ChargeableSession {
  const { reratings = [] } = session;
  return reratings.some(({ reratingId }) => reratingId === rerating.reratingId)
    ? session
    : { ...session, reratings: [...reratings, rerating] };
}
