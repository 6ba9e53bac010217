import { type Instant, type StationId, type Transaction } from '@voltledger/kernel';
import { type CallOutcome, type OutboundCall } from '@voltledger/ocpp';

/** How a call ended, refusals of our own included. */
export type CallEnd =
  | CallOutcome
  /** The answer came, and breaks its schema. */
  | { readonly kind: 'invalidAnswer'; readonly path: string; readonly rule: string }
  | { readonly kind: 'unknownAction'; readonly version: string }
  | { readonly kind: 'invalidPayload'; readonly path: string; readonly rule: string }
  | { readonly kind: 'notAccepted'; readonly registration: string };

export interface NewCall {
  readonly callId: string;
  readonly stationId: StationId;
  readonly call: OutboundCall;
  readonly instance: string;
  readonly commandId?: string;
  readonly at: Instant;
  readonly until: Instant;
}

/** @returns false when the command was taken before: it is not sent twice (OCPP-J-CMD-03). */
export async function keepCall(
  tx: Transaction,
  { callId, stationId, call, instance, commandId, at, until }: NewCall,
  state: 'asked' | 'sent',
): Promise<boolean> {
  const rows = await tx.query(
    `insert into ocpp_gateway.calls
       (call_id, station_id, action, payload, instance, state, command_id, asked_at, until, sent_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (command_id) where command_id is not null do nothing
     returning 1`,
    [
      callId,
      stationId,
      call.action,
      JSON.stringify(call.payload),
      instance,
      state,
      commandId ?? null,
      at,
      until,
      state === 'sent' ? at : null,
    ],
  );
  return rows.length > 0;
}

/**
 * `payload`: replaces what was kept, where it held a secret.
 *
 * @returns false when it had ended before: its first end holds.
 */
export async function endCall(
  tx: Transaction,
  callId: string,
  end: CallEnd,
  at: Instant,
  payload?: object,
): Promise<boolean> {
  const rows = await tx.query(
    `update ocpp_gateway.calls
        set state = 'done', done_at = $2, outcome = $3, payload = coalesce($4::json, payload)
      where call_id = $1 and state <> 'done'
      returning 1`,
    [callId, at, JSON.stringify(end), payload ? JSON.stringify(payload) : null],
  );
  return rows.length > 0;
}

export async function endOf(tx: Transaction, callId: string): Promise<CallEnd | undefined> {
  const [row] = await tx.query<{ outcome: CallEnd | null }>(
    `select outcome from ocpp_gateway.calls where call_id = $1`,
    [callId],
  );
  return row?.outcome ?? undefined;
}

export interface AskedCall {
  readonly callId: string;
  readonly stationId: StationId;
  readonly call: OutboundCall;
}

/** Calls that other gateways ask of this one, each taken once. */
export async function takeAskedCalls(
  tx: Transaction,
  instance: string,
  at: Instant,
  max: number,
): Promise<AskedCall[]> {
  const rows = await tx.query<{
    call_id: string;
    station_id: StationId;
    action: string;
    payload: object;
  }>(
    `update ocpp_gateway.calls set state = 'sent', sent_at = $2
      where call_id in (
        select call_id from ocpp_gateway.calls
         where instance = $1 and state = 'asked' and until > $2
         order by asked_at limit $3 for update skip locked)
      returning call_id, station_id, action, payload`,
    [instance, at, max],
  );
  return rows.map(({ call_id, station_id, action, payload }) => ({
    callId: call_id,
    stationId: station_id,
    call: { action, payload },
  }));
}

export interface LostCall {
  readonly stationId: StationId;
  readonly commandId: string | null;
}

/** Calls under way when the gateway ended without a word: nobody knows what became of them. */
export const endLostCalls = (
  tx: Transaction,
  instance: string,
  at: Instant,
): Promise<LostCall[]> => {
  return tx.query<LostCall>(
    `update ocpp_gateway.calls set state = 'done', done_at = $2,
            outcome = json_build_object('kind', 'disconnected', 'sent', state = 'sent')
      where instance = $1 and state <> 'done'
      returning station_id as "stationId", command_id as "commandId"`,
    [instance, at],
  );
};
