import { Inject, Injectable } from '@nestjs/common';
import { type SessionEventEnvelope, type TariffEventEnvelope } from '@voltledger/contracts';
import { type Instant, type Transaction } from '@voltledger/kernel';
import { type RoamingSession } from '@voltledger/ocpi';
import {
  DATABASE,
  type Database,
  type Folded,
  type Kept,
  PushQueue,
  folded,
  keptRow,
  keptValues,
} from '@voltledger/platform';
import { type ListFilter, type Listed, filterParameters, filteredBy, pageOf } from './list-filter';
import {
  type PartnerSession,
  type TrackedSession,
  isTracked,
  partnerSession,
  ratedSession,
  shownSession,
} from './partner-session';
import { pushTo } from './push-kinds';
import { SessionAnnouncements } from './session-announcement';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Told = Pick<SessionEventEnvelope, 'id' | 'topic' | 'recordedAt' | 'correlationId'>;

const TABLE = 'roaming_ocpi.partner_sessions';

/** Table `partner_sessions`: each session as the one partner that pays for it sees it. */
@Injectable()
export class PartnerSessions {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(PushQueue) private readonly pushes: PushQueue,
    @Inject(SessionAnnouncements) private readonly announcements: SessionAnnouncements,
  ) {}

  async project(message: SessionEventEnvelope, tx: Transaction): Promise<void> {
    const { data } = message.event;
    if (!('sessionId' in data)) return;
    await this.advance(data.sessionId, message, tx, (row) => partnerSession(row, message));
  }

  async projectRating({ event, ...message }: TariffEventEnvelope, tx: Transaction): Promise<void> {
    if (event.type !== 'SessionRated' || !event.data.rating) return;
    const { sessionId, rating, throughRevision } = event.data;
    await this.advance(sessionId, message, tx, (row) =>
      ratedSession(row, { ...rating, throughRevision }, message.recordedAt),
    );
  }

  private async advance(
    sessionId: string,
    message: Told,
    tx: Transaction,
    step: (row: PartnerSession | undefined) => PartnerSession | undefined,
  ): Promise<void> {
    // Two topics tell about one session, and may do so at the same time.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [sessionId]);
    const row = await keptRow<PartnerSession>(TABLE, 'session_id', sessionId, tx);
    const change = folded(row, message, step);
    if (!change) return;
    await this.save(sessionId, change.kept, message, tx);
    if (change.isNews) await this.announce(sessionId, change, message, tx);
  }

  private async announce(
    sessionId: string,
    { before, kept }: Folded<PartnerSession>,
    message: Told,
    tx: Transaction,
  ): Promise<void> {
    const announcedAt = await this.announcedAt(sessionId, tx);
    const announcement = this.announcements.of(before, kept.state, { ...message, announcedAt });
    if (!announcement) return;
    const { partnerId, subject } = announcement;
    await this.pushes.enqueue(tx, [pushTo(partnerId, subject, message)]);
    await tx.query(
      'update roaming_ocpi.partner_sessions set announced_at = $2 where session_id = $1',
      [sessionId, message.recordedAt],
    );
  }

  private async announcedAt(sessionId: string, tx: Transaction): Promise<Instant | null> {
    const [row] = await tx.query<{ announced_at: Instant | null }>(
      'select announced_at from roaming_ocpi.partner_sessions where session_id = $1',
      [sessionId],
    );
    return row?.announced_at ?? null;
  }

  /** A session this partner pays for. */
  async find(sessionId: string, partnerId: string): Promise<TrackedSession | undefined> {
    // Partners may ask for anything; our ids are UUIDs.
    if (!UUID.test(sessionId)) return undefined;
    const [row] = await this.database.query<{ state: PartnerSession }>(
      `select state from roaming_ocpi.partner_sessions
       where session_id = $1 and partner_id = $2`,
      [sessionId, partnerId],
    );
    return row && isTracked(row.state) ? row.state : undefined;
  }

  async list(partnerId: string, filter: ListFilter): Promise<Listed<RoamingSession>> {
    const matching = `
      select * from roaming_ocpi.partner_sessions
      where ${filteredBy('updated_at')} and partner_id = $7 and shown`;
    const [row] = await this.database.query<Listed<PartnerSession>>(
      pageOf(matching, 'created_at, session_id'),
      [...filterParameters(filter), partnerId],
    );
    return {
      items: (row?.items ?? []).flatMap((state) => shownSession(state) ?? []),
      total: row?.total ?? 0,
    };
  }

  private async save(
    sessionId: string,
    kept: Kept<PartnerSession>,
    { recordedAt }: Told,
    tx: Transaction,
  ): Promise<void> {
    await tx.query(
      `insert into roaming_ocpi.partner_sessions
         (session_id, partner_id, shown, country_code, party_id, created_at, updated_at,
          state, through, rebuild)
       values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9)
       on conflict (session_id) do update set partner_id = excluded.partner_id,
         shown = excluded.shown, country_code = excluded.country_code,
         party_id = excluded.party_id,
         updated_at = excluded.updated_at, state = excluded.state, through = excluded.through,
         rebuild = excluded.rebuild`,
      [sessionId, ...columnsOf(kept.state, recordedAt), ...keptValues(kept)],
    );
  }
}

function columnsOf(state: PartnerSession, recordedAt: Instant): readonly unknown[] {
  if (!isTracked(state)) return [null, false, null, null, recordedAt];
  const { authorization, place, changedAt } = state;
  const owner = authorization?.payer.partnerId ?? null;
  const shown = shownSession(state) !== undefined;
  const { countryCode = null, partyId = null } = place?.place ?? {};
  return [owner, shown, countryCode, partyId, changedAt];
}
