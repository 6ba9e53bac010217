import { Inject, Injectable } from '@nestjs/common';
import {
  type Clock,
  type Instant,
  type SessionId,
  type Transaction,
  plusMillis,
} from '@voltledger/kernel';
import { CLOCK } from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { type ChargingEvent } from '../domain/session-event';
import {
  type AnnouncedSession,
  type ChargingSession,
  type StartedSession,
} from '../domain/session-state';
import {
  type OpenSession,
  closeOpen,
  keepOpen,
  markSuperseded,
  stopLater,
} from '../tables/open-sessions';

/** Keeps the table of sessions that may need somebody to act without a report. */
@Injectable()
export class OpenSessionKeeper {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @param events none: they were decided before, and the row may not have been written then. */
  async note(
    tx: Transaction,
    sessionId: SessionId,
    { state, events }: { state: ChargingSession; events: readonly ChargingEvent[] },
  ): Promise<void> {
    if (events.length > 0 && !concerns(events)) return;
    switch (state.status) {
      case 'none':
        return;
      case 'ended':
      case 'estimated':
        if (state.aside.length === 0) return closeOpen(tx, sessionId);
        return keepOpen(tx, this.startedRow(state));
      case 'announced':
        return this.keepAnnounced(tx, sessionId, state);
      case 'active': {
        const row = this.startedRow(state);
        await keepOpen(tx, row);
        return markSuperseded(tx, row, this.clock());
      }
    }
  }

  private async keepAnnounced(
    tx: Transaction,
    sessionId: SessionId,
    { aside }: AnnouncedSession,
  ): Promise<void> {
    const [first] = aside;
    if (!first) return;
    const { stationId, place } = first.report;
    await keepOpen(tx, {
      ...{ sessionId, stationId, numbered: first.report.seqNo !== undefined },
      ...(place && { stationEvse: place.evse.stationEvse }),
      ...{ checkAt: this.nextCheck(), ...waitingSince(aside) },
    });
  }

  private startedRow(session: StartedSession): OpenSession {
    const { sessionId, stationId, startedAt, place, aside, expected } = session;
    return {
      ...{ sessionId, stationId, startedAt, numbered: expected !== undefined },
      ...(place && { stationEvse: place.evse.stationEvse }),
      ...{ checkAt: this.nextCheck(), ...waitingSince(aside) },
    };
  }

  /** A station ends a session with a refused token by itself; when not, it is asked to. */
  async refused(tx: Transaction, sessionId: SessionId, state: ChargingSession): Promise<void> {
    if (state.status !== 'active' || state.authorization) return;
    const { STOP_REFUSED_SECONDS } = this.config;
    await stopLater(tx, sessionId, plusMillis(this.clock(), STOP_REFUSED_SECONDS * 1_000), 0);
  }

  nextCheck(): Instant {
    return plusMillis(this.clock(), this.config.LOST_END_SILENCE_SECONDS * 1_000);
  }
}

function waitingSince(aside: AnnouncedSession['aside']): Pick<OpenSession, 'waitingSince'> {
  const [first, ...rest] = aside.map(({ report }) => report.arrivedAt);
  if (!first) return {};
  return { waitingSince: rest.reduce((one, other) => (one < other ? one : other), first) };
}

const CONCERNED: readonly ChargingEvent['type'][] = [
  'SessionStarted',
  'SessionPlaced',
  'ReportSetAside',
  'SessionEnded',
  'SessionClosedByEstimate',
];

/** Most reports are readings of a session that is known to run. */
const concerns = (events: readonly ChargingEvent[]): boolean =>
  events.some(({ type }) => CONCERNED.includes(type)) ||
  events.filter(({ type }) => type === 'ReportTaken').length > 1;
