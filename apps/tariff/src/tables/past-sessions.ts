import { type PastSessions } from '@voltledger/contracts';
import { type Instant, type SessionId, type Transaction } from '@voltledger/kernel';
import {
  type EndOfSession,
  type Opening,
  type OpeningPlace,
  type PackedMarks,
  type RatedCosts,
} from './session-prices';

/** A session that is over and whose place is known: without one there is no local time to rate by. */
export interface PastSessionRow {
  readonly sessionId: SessionId;
  readonly opening: Opening & { readonly place: OpeningPlace };
  readonly ended: EndOfSession;
  readonly tariffHash?: string;
  /** Absent for what ended before marks were packed. */
  readonly timeline?: PackedMarks;
  readonly rated?: RatedCosts;
}

/** Sessions go by their start, those of one moment by their id. */
export interface PassPosition {
  readonly afterStart: Instant;
  readonly afterSession: string;
}

interface Columns {
  readonly session_id: SessionId;
  readonly opening: PastSessionRow['opening'];
  readonly ended: EndOfSession;
  readonly tariff_hash: string | null;
  readonly timeline: PackedMarks | null;
  readonly rated: RatedCosts | null;
}

const rowOf = ({ session_id, opening, ended, ...rest }: Columns): PastSessionRow => ({
  ...{ sessionId: session_id, opening, ended },
  ...(rest.tariff_hash !== null && { tariffHash: rest.tariff_hash }),
  ...(rest.timeline !== null && { timeline: rest.timeline }),
  ...(rest.rated !== null && { rated: rest.rated }),
});

const COLUMNS = 'p.session_id, p.opening, p.ended, p.tariff_hash, p.timeline, p.rated';
const WANTED = `
  from tariff.session_prices p left join tariff.frozen_tariffs f on f.hash = p.tariff_hash
  where p.ended is not null and p.opening ? 'place'
    and p.started_at >= $1 and p.started_at < $2
    and ($3::text is null or lower(f.tariff->>'tariffId') = lower($3))
    and ($4::text is null or p.opening->'place'->>'locationId' = $4)
    and ($5::boolean is null or (p.tariff_hash is null) = $5)`;

const wanted = ({ from, to, tariffId, locationId, withoutPrice }: PastSessions) => [
  ...[from, to, tariffId ?? null, locationId ?? null, withoutPrice ?? null],
];

/** How many there are; not counted beyond `most + 1`. */
export async function countPastSessions(
  tx: Transaction,
  sessions: PastSessions,
  most: number,
): Promise<number> {
  const [row] = await tx.query<{ sessions: number }>(
    `select count(*)::int as sessions from (select 1 ${WANTED} limit $6) as found`,
    [...wanted(sessions), most + 1],
  );
  return row?.sessions ?? 0;
}

/** The next ones of a pass; the first ones without a position. */
export async function pastSessions(
  tx: Transaction,
  sessions: PastSessions,
  limit: number,
  position?: PassPosition,
): Promise<PastSessionRow[]> {
  const { afterStart = '-infinity', afterSession = NO_SESSION } = position ?? {};
  const rows = await tx.query<Columns>(
    `select ${COLUMNS} ${WANTED} and (p.started_at, p.session_id) > ($6::timestamptz, $7::uuid)
     order by p.started_at, p.session_id limit $8`,
    [...wanted(sessions), afterStart, afterSession, limit],
  );
  return rows.map(rowOf);
}

/** These sessions as they stand now, kept so until the transaction ends. */
export async function pastSessionsById(
  tx: Transaction,
  sessionIds: readonly SessionId[],
): Promise<PastSessionRow[]> {
  const rows = await tx.query<Columns>(
    `select ${COLUMNS} from tariff.session_prices p
     where p.session_id = any($1) and p.ended is not null and p.opening ? 'place'
     order by p.session_id for share`,
    [sessionIds],
  );
  return rows.map(rowOf);
}

/** What a session is charged since a re-rating took effect: a corrected end is rated by it too. */
export async function keepRerated(
  tx: Transaction,
  sessionId: SessionId,
  tariffHash: string,
  costs: RatedCosts['costs'],
): Promise<void> {
  await tx.query(
    `update tariff.session_prices set tariff_hash = $2, rated = rated || jsonb_build_object('costs', $3::jsonb),
       without_tariff = false
     where session_id = $1`,
    [sessionId, tariffHash, costs],
  );
}

const NO_SESSION = '00000000-0000-0000-0000-000000000000';
