import { Inject } from '@nestjs/common';
import { type Cdr, type CdrEventEnvelope, cdrEvents } from '@voltledger/contracts';
import { type Clock, DomainError, type PartnerId, type Transaction } from '@voltledger/kernel';
import { sessionIdKey } from '@voltledger/oicp';
import {
  CLOCK,
  Consumer,
  PushQueue,
  type TopicConsumer,
  consuming,
  derivedUuid,
  on,
} from '@voltledger/platform';
import { CONNECTION, type Connection } from '../config';
import { ChargeRecords, type Verdict } from './charge-records';
import { CHARGE_RECORD } from './push-kinds';
import { PROJECTIONS } from './rebuildable';
import { RoamingMessages } from './roaming-messages';
import { type OicpPayer } from './roaming-session';

/** Refused by ourselves: Hubject takes one CDR per session, and no correction (domain.md 2.4). */
const ONE_PER_SESSION = 'ONE_CDR_PER_SESSION';

/** Sees to it that every session of a Hubject partner's driver has one CDR there, and only one. */
@Consumer()
export class ChargeRecordsProjector implements TopicConsumer {
  readonly subscription = consuming(
    PROJECTIONS['charge-records'].group,
    on(cdrEvents, (message, tx) => this.project(message, tx)),
  );

  constructor(
    @Inject(ChargeRecords) private readonly records: ChargeRecords,
    @Inject(PushQueue) private readonly pushes: PushQueue,
    @Inject(RoamingMessages) private readonly messages: RoamingMessages,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONNECTION) private readonly connection: Connection,
  ) {}

  private async project(message: CdrEventEnvelope, tx: Transaction): Promise<void> {
    const { event } = message;
    if (event.type === 'CdrIssued') await this.take(event.data.cdr, message, tx);
    if (event.type === 'CdrCredited') await this.take(event.data.credit, message, tx);
  }

  private async take(cdr: Cdr, message: CdrEventEnvelope, tx: Transaction): Promise<void> {
    const { payer } = cdr.authorization;
    if (payer.kind !== 'oicp') return;
    const verdict = await this.verdictOn(cdr, payer, tx);
    const isNew = await this.records.insert(cdr, payer, verdict, tx);
    if (!isNew) return;
    if (verdict.state === 'queued') await this.enqueue(cdr, payer, message, tx);
    else await this.tellFinance(cdr, payer, verdict, message, tx);
  }

  private async verdictOn(cdr: Cdr, payer: OicpPayer, tx: Transaction): Promise<Verdict> {
    const standing = await this.records.standing(payer.oicpSessionId, tx);
    if (cdr.credits !== undefined) return refused(ONE_PER_SESSION, NO_CREDITS);
    if (standing !== undefined && standing !== cdr.cdrId)
      return refused(ONE_PER_SESSION, `Hubject's session has its CDR ${standing} already.`);
    try {
      return {
        state: 'queued',
        record: this.connection.oicp.chargeDetailRecordOf(cdr, this.connection.operator),
      };
    } catch (error) {
      if (error instanceof DomainError) return refused(error.code, error.message);
      throw error;
    }
  }

  /** Behind the session's notifications, if any are still on their way (OICP-NTF-01). */
  private async enqueue(
    { cdrId }: Cdr,
    { providerId, oicpSessionId }: OicpPayer,
    { correlationId }: CdrEventEnvelope,
    tx: Transaction,
  ): Promise<void> {
    await this.pushes.enqueue(tx, [
      {
        id: derivedUuid('oicp', CHARGE_RECORD, cdrId),
        partner: providerId,
        objectKey: sessionIdKey(oicpSessionId),
        kind: CHARGE_RECORD,
        payload: { cdrId },
        correlationId,
      },
    ]);
  }

  private async tellFinance(
    { cdrId, sessionId }: Cdr,
    { providerId }: OicpPayer,
    { code = '', detail = '' }: Verdict,
    { id, correlationId }: CdrEventEnvelope,
    tx: Transaction,
  ): Promise<void> {
    const at = this.clock();
    const partnerId = providerId as PartnerId;
    const data = { cdrId, sessionId, protocol: 'oicp', partnerId, code, detail, at } as const;
    const event = { type: 'CdrRejectedByPartner', data } as const;
    await this.messages.publish(event, providerId, { causationId: id, correlationId }, tx);
  }
}

const NO_CREDITS = 'A credit CDR cannot go to Hubject: settle it with the partner directly.';
const refused = (code: string, detail: string): Verdict => ({ state: 'refused', code, detail });
