import { Inject, Injectable } from '@nestjs/common';
import {
  type RoamingEvent,
  type SessionEvent,
  type SessionEventEnvelope,
} from '@voltledger/contracts';
import { type Clock, type Transaction, plusMillis } from '@voltledger/kernel';
import { CLOCK, PushQueue, derivedUuid } from '@voltledger/platform';
import { CONNECTION, type Connection } from '../config';
import { abandonedPushes } from './abandoned-pushes';
import { RemoteStarts } from './remote-starts';
import { RoamingMessages } from './roaming-messages';

const STOP_WITHIN_MS = 60_000;

type Started = Extract<SessionEvent, { type: 'SessionStarted' }>['data'];
type Story = Pick<SessionEventEnvelope, 'id' | 'correlationId' | 'recordedAt'>;

/** Remote starts that went otherwise than Hubject was told. */
@Injectable()
export class UnkeptStarts {
  constructor(
    @Inject(RemoteStarts) private readonly starts: RemoteStarts,
    @Inject(PushQueue) private readonly pushes: PushQueue,
    @Inject(RoamingMessages) private readonly messages: RoamingMessages,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONNECTION) private readonly connection: Connection,
  ) {}

  /** Promised, and nothing came of it: the EMP's customer must not stay blocked (OICP-RMT-05). */
  async giveUp(startId: string, story: Story, tx: Transaction): Promise<void> {
    const start = await this.starts.byStartId(startId, tx);
    if (start?.answer !== 'accepted' || start.authorization.payer.kind !== 'oicp') return;
    const { evseId, timeZone, requestedAt } = start;
    const abandoned = {
      payer: start.authorization.payer,
      evseId,
      timeZone,
      from: requestedAt,
      to: story.recordedAt,
      detail: 'The start was accepted, but no charging session began.',
    };
    const reason = { cause: story.id, correlationId: story.correlationId };
    await this.pushes.enqueue(tx, abandonedPushes(abandoned, this.connection, reason));
  }

  /** The station started after Hubject had been told no: nobody would pay for it. */
  async stopUnwanted(started: Started, story: Story, tx: Transaction): Promise<void> {
    const { sessionId, stationId, startId } = started;
    const start = startId === undefined ? undefined : await this.starts.byStartId(startId, tx);
    if (!start || start.answer === null || start.answer === 'accepted') return;
    const at = this.clock();
    const event: RoamingEvent = {
      type: 'RemoteStopRequested',
      data: {
        commandId: derivedUuid('oicp-unwanted', sessionId),
        sessionId,
        by: 'oicp: the start came too late',
        at,
        until: plusMillis(at, STOP_WITHIN_MS),
      },
    };
    const { id, correlationId } = story;
    await this.messages.publish(event, stationId, { causationId: id, correlationId }, tx);
  }
}
