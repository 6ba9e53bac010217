import { type Costs, type Tariff } from '@voltledger/contracts';
import {
  type Instant,
  type LocationId,
  type MilliWattHours,
  type Revision,
  type SessionId,
  type Transaction,
} from '@voltledger/kernel';

/** What a session opened with, as far as its tariff depends on it. */
export interface Opening {
  readonly startedAt: Instant;
  /** Not known until the station names the place. */
  readonly place?: OpeningPlace;
  readonly adHoc: boolean;
}

export interface OpeningPlace {
  readonly timeZone: string;
  readonly tariffIds?: readonly string[];
  readonly locationId?: LocationId;
  /** Watts the connector can deliver. */
  readonly maxPower?: number;
}

export interface EndOfSession {
  readonly endedAt: Instant;
  readonly delivered: MilliWattHours;
  readonly revision: Revision;
}

/** What a session is charged now. */
export interface RatedCosts {
  readonly costs: Costs;
  /** Revision of the end it is for. */
  readonly throughRevision: Revision;
}

/** Marks of a session that is over, packed by whoever rates. */
export type PackedMarks = readonly (readonly (number | string | null)[])[];

/** `Price` is whatever rating makes of a session so far; the table keeps it as JSON. */
export interface SessionPriceRow<Price> {
  readonly sessionId: SessionId;
  readonly revision: Revision;
  readonly opening: Opening;
  readonly tariffHash?: string;
  readonly withoutTariff: boolean;
  readonly price?: Price;
  readonly ended?: EndOfSession;
  readonly timeline?: PackedMarks;
  readonly rated?: RatedCosts;
  readonly pricedAt?: Instant;
  readonly priceDueAt?: Instant;
  /** What the last change came from. */
  readonly messageId: string;
  readonly correlationId: string;
}

interface Columns<Price> {
  readonly session_id: SessionId;
  readonly revision: number;
  readonly opening: Opening;
  readonly tariff_hash: string | null;
  readonly without_tariff: boolean;
  readonly price: Price | null;
  readonly ended: EndOfSession | null;
  readonly timeline: PackedMarks | null;
  readonly rated: RatedCosts | null;
  readonly priced_at: Instant | null;
  readonly price_due_at: Instant | null;
  readonly message_id: string;
  readonly correlation_id: string;
}

const rowOf = <Price>(columns: Columns<Price>): SessionPriceRow<Price> => ({
  sessionId: columns.session_id,
  revision: columns.revision,
  opening: columns.opening,
  withoutTariff: columns.without_tariff,
  messageId: columns.message_id,
  correlationId: columns.correlation_id,
  ...(columns.tariff_hash !== null && { tariffHash: columns.tariff_hash }),
  ...(columns.price !== null && { price: columns.price }),
  ...(columns.ended !== null && { ended: columns.ended }),
  ...(columns.timeline !== null && { timeline: columns.timeline }),
  ...(columns.rated !== null && { rated: columns.rated }),
  ...(columns.priced_at !== null && { pricedAt: columns.priced_at }),
  ...(columns.price_due_at !== null && { priceDueAt: columns.price_due_at }),
});

/** The row, locked until the transaction ends. */
export async function lockedSession<Price>(
  tx: Transaction,
  sessionId: SessionId,
): Promise<SessionPriceRow<Price> | undefined> {
  const [row] = await tx.query<Columns<Price>>(
    'select * from tariff.session_prices where session_id = $1 for update',
    [sessionId],
  );
  return row && rowOf(row);
}

/** Sessions whose waiting figure is due, locked; those another instance has are left to it. */
export async function sessionsDue<Price>(
  tx: Transaction,
  at: Instant,
  limit: number,
): Promise<SessionPriceRow<Price>[]> {
  const rows = await tx.query<Columns<Price>>(
    `select * from tariff.session_prices where price_due_at <= $1
     order by price_due_at limit $2 for update skip locked`,
    [at, limit],
  );
  return rows.map(rowOf);
}

export async function keepSession(tx: Transaction, row: SessionPriceRow<object>): Promise<void> {
  await tx.query(
    `insert into tariff.session_prices (session_id, revision, opening, tariff_hash, without_tariff,
       price, ended, priced_at, price_due_at, message_id, correlation_id, started_at, timeline, rated)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (session_id) do update set revision = $2, opening = $3, tariff_hash = $4,
       without_tariff = $5, price = $6, ended = $7, priced_at = $8, price_due_at = $9,
       message_id = $10, correlation_id = $11, started_at = $12, timeline = $13, rated = $14`,
    [
      ...[row.sessionId, row.revision, row.opening, row.tariffHash ?? null, row.withoutTariff],
      ...[row.price ?? null, row.ended ?? null, row.pricedAt ?? null, row.priceDueAt ?? null],
      ...[row.messageId, row.correlationId, row.opening.startedAt],
      ...[row.timeline && JSON.stringify(row.timeline), row.rated ?? null],
    ],
  );
}

export async function keepFrozenTariff(
  tx: Transaction,
  hash: string,
  tariff: Tariff,
): Promise<void> {
  await tx.query(
    'insert into tariff.frozen_tariffs (hash, tariff) values ($1, $2) on conflict do nothing',
    [hash, tariff],
  );
}

export async function frozenTariff(tx: Transaction, hash: string): Promise<Tariff | undefined> {
  const [row] = await tx.query<{ tariff: Tariff }>(
    'select tariff from tariff.frozen_tariffs where hash = $1',
    [hash],
  );
  return row?.tariff;
}
