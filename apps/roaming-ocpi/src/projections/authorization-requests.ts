import { Inject, Injectable } from '@nestjs/common';
import { type SessionEventEnvelope } from '@voltledger/contracts';
import { type Instant, type Transaction } from '@voltledger/kernel';
import { DATABASE, type Database } from '@voltledger/platform';
import { type AuthorizationRequest, authorizationRequest } from './authorization-request';

/** A question somebody took; nobody else asks it until `takenUntil`. */
export interface TakenRequest {
  readonly request: AuthorizationRequest;
  readonly correlationId: string;
}

/** Table `authorizations`: questions that wait to be asked. A driver stands at the station. */
@Injectable()
export class AuthorizationRequests {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async project({ event, correlationId }: SessionEventEnvelope, tx: Transaction): Promise<void> {
    const request = authorizationRequest(event);
    if (!request) return;
    await tx.query(
      `insert into roaming_ocpi.authorizations
         (request_id, partner_id, request, correlation_id, until)
       values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [
        request.requestId,
        request.payer.partnerId,
        JSON.stringify(request),
        correlationId,
        request.until,
      ],
    );
  }

  /** Those still of use. What is past its time is forgotten: the session has refused it by then. */
  async take(now: Instant, takenUntil: Instant, limit: number): Promise<TakenRequest[]> {
    await this.database.query('delete from roaming_ocpi.authorizations where until <= $1', [now]);
    const rows = await this.database.query<{
      request: AuthorizationRequest;
      correlation_id: string;
    }>(
      `update roaming_ocpi.authorizations set taken_until = $2
       where request_id in (
         select request_id from roaming_ocpi.authorizations
         where taken_until is null or taken_until < $1
         order by until limit $3 for update skip locked)
       returning request, correlation_id`,
      [now, takenUntil, limit],
    );
    return rows.map(({ request, correlation_id }) => ({ request, correlationId: correlation_id }));
  }

  /** @returns false when it was answered or forgotten before. */
  async close(requestId: string, tx: Transaction): Promise<boolean> {
    const closed = await tx.query(
      'delete from roaming_ocpi.authorizations where request_id = $1 returning 1',
      [requestId],
    );
    return closed.length > 0;
  }
}
