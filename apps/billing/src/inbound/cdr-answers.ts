import {
  cdrId,
  cdrSchema,
  cdrSealSchema,
  holdReason,
  instantSchema,
  moneySchema,
  sessionId,
} from '@voltledger/contracts';
import { z } from 'zod';
import { type CdrRow } from '../projections/cdrs.table';

const delivery = z.object({
  protocol: z.enum(['ocpi', 'oicp']),
  partnerId: z.string(),
  outcome: z.enum(['delivered', 'rejected']),
  reference: z.string().nullable().describe('Where the partner keeps it.'),
  code: z.string().nullable(),
  detail: z.string().nullable(),
  attempts: z.number().nullable(),
  at: instantSchema,
});

export const cdrAnswer = z
  .object({
    cdr: cdrSchema,
    seal: cdrSealSchema,
    eventId: z.string(),
    status: z.enum(['live', 'credited', 'credit']),
    partner: z.string().describe('Partner or provider that pays; `own`: our own customer.'),
    bilateral: z
      .boolean()
      .describe('The partner takes one CDR per session: settle this one with it directly.'),
    reason: z.string().nullable(),
    takenBackBy: z.string().nullable(),
    creditedBy: cdrId.nullable().describe('The credit that took it back.'),
    dispute: z
      .object({ disputeId: z.string(), claimant: z.string(), openedAt: instantSchema })
      .nullable()
      .describe('The dispute about it that is open.'),
    deliveries: z.array(delivery).describe('Empty: nothing heard yet; it is on its way.'),
  })
  .meta({ id: 'IssuedCdr' });

export function answerFor({ kind, ...row }: CdrRow) {
  const charge = row.creditedBy === null ? 'live' : 'credited';
  return { ...row, status: kind === 'credit' ? ('credit' as const) : charge };
}

export const heldAnswer = z
  .object({
    sessionId,
    reasons: z.array(holdReason),
    heldAt: instantSchema,
    requested: z
      .object({
        by: z.string(),
        note: z.string(),
        at: instantSchema,
        amount: moneySchema.nullable(),
      })
      .nullable()
      .describe('A release that waits for somebody with another key to approve.'),
  })
  .meta({ id: 'HeldCdr' });

export const settledAnswer = z
  .object({
    status: z.enum(['unchanged', 'awaiting-approval', 'held', 'issued', 'corrected']),
    reasons: z.array(holdReason).optional(),
    cdrId: cdrId.optional(),
  })
  .meta({ id: 'Settled' });

/** Why somebody does by hand what is usually done by itself: it is kept for the auditor. */
export const manualReason = z.strictObject({ reason: z.string().trim().min(1).max(500) });
