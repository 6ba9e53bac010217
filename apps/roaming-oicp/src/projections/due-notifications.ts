import { type Instant, type MilliWattHours, millisBetween } from '@voltledger/kernel';
import { type RoamingSession } from './roaming-session';

/** After this long without energy the EMP hears that charging ended, car plugged in or not. */
const IDLE_MS = 120_000;

/** What an EMP has been told of a session. */
export interface Told {
  readonly started?: boolean | undefined;
  readonly ended?: boolean | undefined;
  /** When the newest Progress was about. */
  readonly progressAt?: Instant | undefined;
}

export type DueNotification =
  | { readonly kind: 'start' }
  | { readonly kind: 'progress'; readonly at: Instant; readonly delivered: MilliWattHours }
  | { readonly kind: 'end' };

/**
 * What the EMP is to hear next (part 14): Start when energy flows, Progress in between, End once when
 * it stops, whatever became of the notifications before.
 */
export function dueNotifications(
  session: RoamingSession,
  told: Told,
  progressEveryMs: number,
): { readonly due: readonly DueNotification[]; readonly told: Told } {
  // A notification names its EVSE; before the station does, there is nothing to send.
  if (!session.place || told.ended) return { due: [], told };
  const ends = session.endedAt !== undefined || isIdle(session, told);
  const progress = ends ? undefined : progressOf(session, told, progressEveryMs);
  const due: DueNotification[] = [];
  if (isStarting(session, told)) due.push({ kind: 'start' });
  if (progress) due.push(progress);
  if (ends) due.push({ kind: 'end' });
  return { due, told: toldAfter(told, due) };
}

const toldAfter = (told: Told, due: readonly DueNotification[]): Told =>
  due.reduce<Told>((known, each) => {
    if (each.kind === 'start') return { ...known, started: true };
    return each.kind === 'end' ? { ...known, ended: true } : { ...known, progressAt: each.at };
  }, told);

const isStarting = ({ chargingStart }: RoamingSession, { started }: Told): boolean =>
  !started && chargingStart !== undefined;

function isIdle({ energyAt, measuredAt }: RoamingSession, { started }: Told): boolean {
  if (!started || energyAt === undefined || measuredAt === undefined) return false;
  return millisBetween(energyAt, measuredAt) >= IDLE_MS;
}

function progressOf(session: RoamingSession, told: Told, everyMs: number) {
  const { chargingStart, energyAt, delivered } = session;
  if (!told.started || chargingStart === undefined || energyAt === undefined) return undefined;
  const since = told.progressAt ?? chargingStart;
  if (millisBetween(since, energyAt) < everyMs) return undefined;
  return { kind: 'progress', at: energyAt, delivered } as const;
}
