import { Injectable } from '@nestjs/common';
import { type Transaction } from '@voltledger/kernel';
import { type NewPush } from '@voltledger/platform';
import { type Partner, endpointOf } from './partner';
import { type PushCause, pushTo } from './push-kinds';

/**
 * Held shared by whoever changes a location or tariff, exclusively by a registration: a location
 * added at that very moment reaches the new partner by the one or by the other.
 */
const EVERYTHING_PUBLIC = 7_101_202_603;

export const publicObjectChanges = (tx: Transaction): Promise<unknown> =>
  tx.query('select pg_advisory_xact_lock_shared($1)', [EVERYTHING_PUBLIC]);

/** Everything a new partner should know: all locations and tariffs, and its drivers' open sessions. */
@Injectable()
export class FirstPushes {
  async to(partner: Partner, cause: PushCause, tx: Transaction): Promise<NewPush[]> {
    await tx.query('select pg_advisory_xact_lock($1)', [EVERYTHING_PUBLIC]);
    const lists = [
      await this.locations(partner, cause, tx),
      await this.tariffs(partner, cause, tx),
      await this.openSessions(partner, cause, tx),
    ];
    return lists.flat();
  }

  private async locations(partner: Partner, cause: PushCause, tx: Transaction) {
    if (!endpointOf(partner, 'locations', 'RECEIVER')) return [];
    const rows = await tx.query<{ locationId: string }>(
      `select state->>'locationId' as "locationId" from roaming_ocpi.partner_locations
       where listed order by created_at, location_key`,
    );
    return rows.map((row) => pushTo(partner.partnerId, { kind: 'location', ...row }, cause));
  }

  private async tariffs(partner: Partner, cause: PushCause, tx: Transaction) {
    if (!endpointOf(partner, 'tariffs', 'RECEIVER')) return [];
    const rows = await tx.query<{ tariffId: string }>(
      `select state->>'tariffId' as "tariffId" from roaming_ocpi.partner_tariffs
       where not withdrawn order by created_at, tariff_key`,
    );
    return rows.map((row) => pushTo(partner.partnerId, { kind: 'tariff', ...row }, cause));
  }

  private async openSessions(partner: Partner, cause: PushCause, tx: Transaction) {
    if (!endpointOf(partner, 'sessions', 'RECEIVER')) return [];
    const rows = await tx.query<{ sessionId: string }>(
      `select session_id as "sessionId" from roaming_ocpi.partner_sessions
       where partner_id = $1 and shown and state->>'status' = 'ACTIVE'
       order by created_at, session_id`,
      [partner.partnerId],
    );
    return rows.map((row) => pushTo(partner.partnerId, { kind: 'session', ...row }, cause));
  }
}
