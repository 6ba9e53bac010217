import { Inject, Injectable } from '@nestjs/common';
import { type Clock, type SessionId, millisBetween } from '@voltledger/kernel';
import { type Answer } from '@voltledger/oicp';
import { CLOCK, type Delivery, DeliveryFailed, NoAnswer, type Push } from '@voltledger/platform';
import { CONNECTION, type Connection } from '../config';
import { ChargeRecords } from '../projections/charge-records';
import { type NotificationPayload } from '../projections/notification-pushes';
import { type FoundSession, Sessions } from '../projections/sessions';
import { Broker } from './broker';
import { deliveryOf } from './delivery';

const SECOND = 1_000;
const NO_ENDPOINT = '320';
const UNKNOWN_SESSION = '400';
const NO_RESPONSE = '310';

/** Tries per kind: it is news only for so long, and what waits behind it is the CDR. */
const ATTEMPTS_MAX: Readonly<Record<string, number>> = { Start: 3, Progress: 1, End: 4, Error: 3 };

/** Not sent, by our own decision; shown to operators with this code. */
const notSent = (code: string, detail: string): Delivery => ({ outcome: 'refused', code, detail });

/** Tells an EMP how its driver's session goes. Nothing is billed by it (OICP-NTF-17). */
@Injectable()
export class NotificationDelivery {
  constructor(
    @Inject(Broker) private readonly broker: Broker,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(ChargeRecords) private readonly records: ChargeRecords,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONNECTION) private readonly connection: Connection,
  ) {}

  async deliver(push: Push, signal: AbortSignal): Promise<Delivery> {
    const { body } = push.payload as NotificationPayload;
    const session = await this.sessionOf(push);
    const reason = this.reasonNotToSend(body.Type, session);
    if (reason) return reason;
    const delivery = await this.send(push, signal);
    if (session) await this.remember(session.sessionId, body.Type, delivery);
    return delivery;
  }

  private async send(push: Push, signal: AbortSignal): Promise<Delivery> {
    const { body } = push.payload as NotificationPayload;
    const { correlationId } = push;
    const options = { signal, correlationId, oicpSessionId: body.SessionID };
    const { acknowledgementIn } = this.connection.oicp;
    try {
      const answer = await this.broker.callInTurn('notify', body, acknowledgementIn, options);
      return await this.understood(answer, push);
    } catch (error) {
      if (error instanceof NoAnswer && (await this.isGivenUp(push)))
        return notSent('GIVEN_UP', error.message);
      throw error;
    }
  }

  /** 320: the EMP takes none; 400: the broker does not know the session (OICP-NTF-11, -12). */
  private async remember(id: SessionId, type: string, delivery: Delivery): Promise<void> {
    if (delivery.outcome === 'delivered') {
      if (type === 'Progress') await this.sessions.progressSent(id, this.clock());
    } else if ([NO_ENDPOINT, UNKNOWN_SESSION].includes(delivery.code))
      await this.sessions.turnNotificationsOff(id, delivery.code);
  }

  private async sessionOf({ payload }: Push): Promise<FoundSession | undefined> {
    const { sessionId } = payload as NotificationPayload;
    return sessionId === undefined ? undefined : this.sessions.find(sessionId as SessionId);
  }

  private reasonNotToSend(type: string, session: FoundSession | undefined): Delivery | undefined {
    const off = session?.notificationsOff;
    if (off) return notSent('NOT_WANTED', `Hubject answered ${off} to one before.`);
    if (type !== 'Progress') return undefined;
    // Thinned first when calls are scarce, and never sooner than allowed (OICP-LIM-06, OICP-NTF-03).
    if (!this.broker.isRelaxed('notify')) return notSent('THINNED', 'Calls are scarce.');
    const sentAt = session?.progressSentAt;
    const everyMs = this.connection.config.OICP_PROGRESS_EVERY_SECONDS * SECOND;
    return sentAt && millisBetween(sentAt, this.clock()) < everyMs
      ? notSent('THINNED', 'The last one is too new.')
      : undefined;
  }

  /** 310 is not asked again, but for the End (OICP-NTF-13). */
  private async understood(answer: Answer<object>, push: Push): Promise<Delivery> {
    const { body } = push.payload as NotificationPayload;
    const isUnheard = answer.outcome === 'refused' && answer.code === NO_RESPONSE;
    const failure = new DeliveryFailed(NO_RESPONSE, 'The EMP did not respond.', answer);
    try {
      if (isUnheard && body.Type === 'End') throw failure;
      return deliveryOf(answer, this.connection.oicp);
    } catch (error) {
      if (!(error instanceof DeliveryFailed) || !(await this.isGivenUp(push))) throw error;
      return notSent('GIVEN_UP', `${error.code} ${error.message}`);
    }
  }

  private async isGivenUp({ attempt, payload }: Push): Promise<boolean> {
    const { body } = payload as NotificationPayload;
    if (attempt >= (ATTEMPTS_MAX[body.Type] ?? 1)) return true;
    return this.records.isWaiting(body.SessionID);
  }
}
