import { type RoamingEvent } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';

export type DeliveryEvent = Extract<
  RoamingEvent,
  { type: 'CdrDelivered' | 'CdrRejectedByPartner' }
>;

/** Keeps what a partner said about a CDR last. A CDR it has stays delivered. */
export async function keepDelivery(tx: Transaction, event: DeliveryEvent): Promise<void> {
  const { cdrId, protocol, partnerId, at } = event.data;
  const outcome = event.type === 'CdrDelivered' ? 'delivered' : 'rejected';
  const said =
    event.type === 'CdrDelivered'
      ? [event.data.reference, undefined, undefined, event.data.attempts]
      : [undefined, event.data.code, event.data.detail, undefined];
  await tx.query(
    `insert into billing.cdr_deliveries
       (cdr_id, protocol, partner_id, outcome, at, reference, code, detail, attempts)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (cdr_id, protocol, partner_id) do update set outcome = $4, at = $5,
       reference = $6, code = $7, detail = $8, attempts = $9
     where billing.cdr_deliveries.outcome = 'rejected' and billing.cdr_deliveries.at <= $5`,
    [cdrId, protocol, partnerId, outcome, at, ...said],
  );
}
