import { noEnergy } from '@voltledger/kernel';
import { inTurn } from './in-turn';
import { deliveredBy } from './meter';
import { type Only } from './session-command';
import { type ChargingEvent } from './session-event';
import { type ActiveSession, type ChargingSession } from './session-state';
import { takeAllAside } from './take-report';

/**
 * No end came (domain.md 1.6, OCPP-1.6-TX-05): the session is closed where it was last heard of, on
 * the energy that is proven. What waited for its turn is taken first; an end may be among it.
 */
export function closeByEstimate(
  { basis, silentSince }: Only<'CloseByEstimate'>,
  session: ChargingSession,
): ChargingEvent[] {
  if (session.status !== 'active' || session.heardAt > silentSince) return [];
  return inTurn(
    session,
    () => takeAllAside(session),
    (now) => (now.status === 'active' ? [closed(now, basis)] : []),
  );
}

const closed = (
  { sessionId, heardAt, meter }: ActiveSession,
  basis: Only<'CloseByEstimate'>['basis'],
): ChargingEvent => ({
  type: 'SessionClosedByEstimate',
  data: {
    sessionId,
    endedAt: heardAt,
    ...(meter && { meterStop: meter.last.register }),
    delivered: meter ? deliveredBy(meter) : noEnergy,
    basis,
  },
});
