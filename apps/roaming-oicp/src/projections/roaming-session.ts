import { type Payer, type SessionEventEnvelope, type ChargingPlace } from '@voltledger/contracts';
import { type Instant, type MilliWattHours, type SessionId, noEnergy } from '@voltledger/kernel';

export type OicpPayer = Extract<Payer, { kind: 'oicp' }>;

/** A session whose driver came over Hubject, as its EMP hears of it. */
export interface RoamingSession {
  readonly sessionId: SessionId;
  readonly payer: OicpPayer;
  readonly startedAt: Instant;
  readonly place?: ChargingPlace | undefined;
  readonly meterStart?: MilliWattHours | undefined;
  /** The newest register value. */
  readonly register?: MilliWattHours | undefined;
  readonly delivered: MilliWattHours;
  /** Energy was seen to flow, first and last; absent: not yet. */
  readonly chargingStart?: Instant | undefined;
  readonly energyAt?: Instant | undefined;
  /** The newest reading, with or without energy. */
  readonly measuredAt?: Instant | undefined;
  readonly endedAt?: Instant | undefined;
}

/** Of the session's start, until somebody vouches for its token. */
export interface StartedSession {
  readonly sessionId: SessionId;
  readonly startedAt: Instant;
  readonly place?: ChargingPlace | undefined;
  readonly meterStart?: MilliWattHours | undefined;
}

/** A session whose token nobody has vouched for yet: it may become a roaming session. */
type Unclaimed = StartedSession & { readonly payer?: undefined };

export type FollowedSession = RoamingSession | Unclaimed;

type Event = SessionEventEnvelope['event'];
type DataOf<Type extends Event['type']> = Extract<Event, { type: Type }>['data'];

/** @returns undefined when it is no session of a Hubject partner's driver. */
export function openedBy(
  started: StartedSession,
  payer: Payer | undefined,
): RoamingSession | undefined {
  if (payer?.kind !== 'oicp') return undefined;
  const { sessionId, startedAt, place, meterStart } = started;
  return { sessionId, payer, startedAt, place, meterStart, delivered: noEnergy };
}

/** The fold over a session's events, from before it is known who vouches for its token. */
export function followedSession(
  before: FollowedSession | undefined,
  event: Event,
): FollowedSession | undefined {
  if (event.type === 'SessionStarted') return started(event.data);
  if (!before) return undefined;
  if (event.type === 'SessionAuthorized')
    return openedBy(before, event.data.authorization.payer) ?? before;
  if (before.payer) return roamingSession(before, event);
  return event.type === 'SessionPlaced' ? { ...before, place: event.data.place } : before;
}

/** Somebody vouches for its token, and it is no partner of Hubject's. */
export const isSomebodyElses = (event: Event): boolean =>
  event.type === 'SessionAuthorized' && event.data.authorization.payer.kind !== 'oicp';

function started(data: DataOf<'SessionStarted'>): FollowedSession | undefined {
  const { authorization, sessionId, startedAt, place, meterStart } = data;
  if (authorization) return openedBy(data, authorization.payer);
  return { sessionId, startedAt, place, meterStart };
}

/** The fold over a roaming session's events; events that change nothing for the EMP leave it as it is. */
export function roamingSession(row: RoamingSession, event: Event): RoamingSession {
  if (event.type === 'SessionPlaced') return { ...row, place: event.data.place };
  if (event.type === 'MeterValueRecorded') return measured(row, event.data);
  if (event.type === 'ChargingStateChanged')
    return event.data.state === 'Charging' ? charging(row, event.data.at) : row;
  if (event.type === 'SessionEnded' || event.type === 'SessionClosedByEstimate')
    return ended(row, event.data);
  return row;
}

const charging = (row: RoamingSession, at: Instant): RoamingSession => ({
  ...row,
  chargingStart: row.chargingStart ?? at,
  energyAt: row.energyAt ?? at,
});

function measured(row: RoamingSession, data: DataOf<'MeterValueRecorded'>): RoamingSession {
  const next = {
    ...row,
    register: data.register,
    measuredAt: data.measuredAt,
    meterStart: row.meterStart ?? data.register,
  };
  if (data.delivered <= row.delivered) return next;
  const since = row.chargingStart ?? row.measuredAt ?? row.startedAt;
  return { ...charging(next, since), delivered: data.delivered, energyAt: data.measuredAt };
}

function ended(
  row: RoamingSession,
  { endedAt, meterStop, delivered }: DataOf<'SessionEnded' | 'SessionClosedByEstimate'>,
): RoamingSession {
  const rose = delivered > row.delivered;
  const flowed = rose ? charging(row, row.measuredAt ?? row.startedAt) : row;
  return {
    ...flowed,
    delivered,
    register: meterStop ?? row.register,
    energyAt: rose ? endedAt : flowed.energyAt,
    endedAt,
  };
}
