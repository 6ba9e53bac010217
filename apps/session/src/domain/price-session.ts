import { type Only } from './session-command';
import { type ChargingEvent } from './session-event';
import { type ChargingSession, hasStarted } from './session-state';

/** The first tariff stays, whatever becomes of it (domain.md 1.9). */
export function attachTariff(
  { sessionId, tariff, contentHash }: Only<'AttachTariff'>,
  session: ChargingSession,
): ChargingEvent[] {
  if (!hasStarted(session) || session.currency) return [];
  return [{ type: 'TariffAttached', data: { sessionId, tariff, contentHash } }];
}

/** The newest figure wins; after the end only the rating counts. */
export function recordCost(
  { type: _type, ...cost }: Only<'RecordCost'>,
  session: ChargingSession,
): ChargingEvent[] {
  if (session.status !== 'active') return [];
  if (session.currency !== cost.total.beforeTaxes.currency) return [];
  if (session.pricedAt !== undefined && cost.at <= session.pricedAt) return [];
  return [{ type: 'CostUpdated', data: cost }];
}
