import { Inject, Injectable } from '@nestjs/common';
import { type SessionEventEnvelope, type TariffEventEnvelope } from '@voltledger/contracts';
import { type Instant, type Transaction } from '@voltledger/kernel';
import { type RoamingSession } from '@voltledger/ocpi';
import { DATABASE, type Database, PushQueue } from '@voltledger/platform';
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
import { QuietRebuild } from './quiet-rebuild';
import { SessionAnnouncements } from './session-announcement';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface Row {
  readonly state: PartnerSession;
  /** When the partner was last told about it. */
  readonly announced_at: Instant | null;
}

type Told = Pick<SessionEventEnvelope, 'id' | 'recordedAt' | 'correlationId'>;

/** Table `partner_sessions`: each session as the one partner that pays for it sees it. */
@Injectable()
export class PartnerSessions {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(PushQueue) private readonly pushes: PushQueue,
    @Inject(QuietRebuild) private readonly rebuild: QuietRebuild,
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
    const row = await this.row(sessionId, tx);
    const before = row?.state;
    const next = step(before);
    if (!next || next === before) return;
    await this.save(sessionId, next, message, tx);
    if (await this.rebuild.isNews('sessions', message.recordedAt, tx))
      await this.announce(before, next, { ...message, announcedAt: row?.announced_at ?? null }, tx);
  }

  private async announce(
    before: PartnerSession | undefined,
    next: PartnerSession,
    message: Told & { readonly announcedAt: Instant | null },
    tx: Transaction,
  ): Promise<void> {
    const announcement = this.announcements.of(before, next, message);
    if (!announcement) return;
    const { partnerId, subject } = announcement;
    await this.pushes.enqueue(tx, [pushTo(partnerId, subject, message)]);
    await tx.query(
      'update roaming_ocpi.partner_sessions set announced_at = $2 where session_id = $1',
      [subject.sessionId, message.recordedAt],
    );
  }

  /** A session this partner pays for. */
  async find(sessionId: string, partnerId: string): Promise<TrackedSession | undefined> {
    // Partners may ask for anything; our ids are UUIDs.
    if (!UUID.test(sessionId)) return undefined;
    const [row] = await this.database.query<Row>(
      `select state, announced_at from roaming_ocpi.partner_sessions
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

  private async row(sessionId: string, tx: Transaction): Promise<Row | undefined> {
    const [row] = await tx.query<Row>(
      'select state, announced_at from roaming_ocpi.partner_sessions where session_id = $1',
      [sessionId],
    );
    return row;
  }

  private async save(
    sessionId: string,
    state: PartnerSession,
    { recordedAt }: Told,
    tx: Transaction,
  ): Promise<void> {
    const place = isTracked(state) ? state.place?.place : undefined;
    await tx.query(
      `insert into roaming_ocpi.partner_sessions
         (session_id, partner_id, shown, country_code, party_id, state, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $7)
       on conflict (session_id) do update set partner_id = excluded.partner_id,
         shown = excluded.shown, country_code = excluded.country_code,
         party_id = excluded.party_id, state = excluded.state, updated_at = excluded.updated_at`,
      [
        sessionId,
        isTracked(state) ? (state.authorization?.payer.partnerId ?? null) : null,
        shownSession(state) !== undefined,
        place?.countryCode ?? null,
        place?.partyId ?? null,
        JSON.stringify(state),
        recordedAt,
      ],
    );
  }
}
