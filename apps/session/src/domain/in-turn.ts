import { evolve } from './evolve-session';
import { type ChargingEvent } from './session-event';
import { type ChargingSession } from './session-state';

export type Step = (session: ChargingSession) => readonly ChargingEvent[];

/** Lets each step decide on what the steps before it made of the session. */
export function inTurn(session: ChargingSession, ...steps: readonly Step[]): ChargingEvent[] {
  const events: ChargingEvent[] = [];
  let now = session;
  for (const step of steps) {
    const more = step(now);
    events.push(...more);
    now = more.reduce(evolve, now);
  }
  return events;
}

/** Takes the same step again until it finds nothing more to do. */
export function untilNothing(session: ChargingSession, step: Step): ChargingEvent[] {
  const events: ChargingEvent[] = [];
  let now = session;
  for (let more = step(now); more.length > 0; more = step(now)) {
    events.push(...more);
    now = more.reduce(evolve, now);
  }
  return events;
}
