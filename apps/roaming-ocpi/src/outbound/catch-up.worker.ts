import { Inject } from '@nestjs/common';
import { type PartnerId, type Transaction } from '@voltledger/kernel';
import {
  DATABASE,
  type Database,
  type NewPush,
  PushQueue,
  type RecurringWork,
  Worker,
} from '@voltledger/platform';
import { type CatchUp, CatchUps } from '../projections/catch-ups';
import { type Partner, endpointOf } from '../projections/partner';
import { Partners } from '../projections/partners';
import { type PushSubject, pushTo } from '../projections/push-kinds';

const BATCH = 500;

interface Piece {
  readonly subjects: readonly PushSubject[];
  readonly progress: CatchUp;
}

/**
 * Tells a partner everything: all locations and tariffs, and the open sessions of its drivers. It
 * begins when the partner registers or is resumed, and goes on where it stopped after a restart.
 */
@Worker()
export class CatchUpWorker implements RecurringWork {
  readonly name = 'roaming-ocpi.catch-up';
  readonly every = 1_000;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CatchUps) private readonly catchUps: CatchUps,
    @Inject(Partners) private readonly partners: Partners,
    @Inject(PushQueue) private readonly pushes: PushQueue,
  ) {}

  run(): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const catchUp = await this.catchUps.take(tx);
      if (!catchUp) return false;
      const row = await this.partners.row(catchUp.partnerId as PartnerId, tx);
      const piece =
        row?.state.status === 'registered' ? await nextPiece(row.state, catchUp, tx) : undefined;
      if (!piece) await this.catchUps.end(catchUp, tx);
      else {
        await this.pushes.enqueue(tx, pushesOf(catchUp, piece));
        await this.catchUps.keep(piece.progress, tx);
      }
      return true;
    });
  }
}

const pushesOf = ({ partnerId, causeId, correlationId }: CatchUp, piece: Piece): NewPush[] =>
  piece.subjects.map((subject) => pushTo(partnerId, subject, { id: causeId, correlationId }));

/** Tariffs before the locations that name them; at last the sessions, in one piece. */
async function nextPiece(
  partner: Partner,
  catchUp: CatchUp,
  tx: Transaction,
): Promise<Piece | undefined> {
  const tariffs = await tariffsAfter(partner, catchUp.tariffsThrough, tx);
  if (tariffs.length > 0)
    return {
      subjects: tariffs.map(({ tariffId }) => ({ kind: 'tariff', tariffId })),
      progress: { ...catchUp, tariffsThrough: tariffs.at(-1)?.key ?? '' },
    };
  const locations = await locationsAfter(partner, catchUp.locationsThrough, tx);
  if (locations.length > 0)
    return {
      subjects: locations.map(({ locationId }) => ({ kind: 'location', locationId })),
      progress: { ...catchUp, locationsThrough: locations.at(-1)?.key ?? '' },
    };
  if (catchUp.sessionsTold) return undefined;
  return {
    subjects: await openSessions(partner, tx),
    progress: { ...catchUp, sessionsTold: true },
  };
}

async function tariffsAfter(partner: Partner, key: string, tx: Transaction) {
  if (!endpointOf(partner, 'tariffs', 'RECEIVER')) return [];
  return tx.query<{ key: string; tariffId: string }>(
    `select tariff_key as key, state->>'tariffId' as "tariffId"
     from roaming_ocpi.partner_tariffs
     where not withdrawn and tariff_key collate "C" > $1 order by tariff_key collate "C" limit $2`,
    [key, BATCH],
  );
}

async function locationsAfter(partner: Partner, key: string, tx: Transaction) {
  if (!endpointOf(partner, 'locations', 'RECEIVER')) return [];
  return tx.query<{ key: string; locationId: string }>(
    `select location_key as key, state->>'locationId' as "locationId"
     from roaming_ocpi.partner_locations
     where listed and location_key collate "C" > $1
     order by location_key collate "C" limit $2`,
    [key, BATCH],
  );
}

async function openSessions(partner: Partner, tx: Transaction): Promise<PushSubject[]> {
  if (!endpointOf(partner, 'sessions', 'RECEIVER')) return [];
  const rows = await tx.query<{ sessionId: string }>(
    `select session_id as "sessionId" from roaming_ocpi.partner_sessions
     where partner_id = $1 and shown and state->>'status' = 'ACTIVE'
     order by created_at desc limit $2`,
    [partner.partnerId, BATCH],
  );
  return rows.map(({ sessionId }) => ({ kind: 'session', sessionId }));
}
