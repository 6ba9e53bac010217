import { Inject, Injectable } from '@nestjs/common';
import { type RoamingEvent } from '@voltledger/contracts';
import { type Clock, type Instant, type SessionId, millisBetween } from '@voltledger/kernel';
import { type RemoteStop } from '@voltledger/oicp';
import { CLOCK, DATABASE, type Database, newUuid } from '@voltledger/platform';
import { type RemoteStopRow, RemoteStops, type StopAnswer } from '../projections/remote-stops';
import { RoamingMessages } from '../projections/roaming-messages';
import { type Asked } from './remote-starting';
import { found } from './waiting';

/** A stop nobody answered for this long was left behind by a process that died. */
const FORGOTTEN_MS = 15_000;

/** Passes Hubject's stops on to the session service, and finds what came of them. */
@Injectable()
export class RemoteStopping {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(RoamingMessages) private readonly messages: RoamingMessages,
    @Inject(RemoteStops) private readonly stops: RemoteStops,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A stop that is under way, or was promised, is not asked for again. @returns its command id. */
  async ask(request: RemoteStop, sessionId: SessionId, asked: Asked): Promise<string> {
    const { oicpSessionId, providerId } = request;
    return this.database.transaction(async (tx) => {
      const at = this.clock();
      const newest = await this.stops.newest(oicpSessionId, tx);
      if (newest && stands(newest, at)) return newest.commandId;
      const commandId: string = newUuid();
      await this.stops.insert({ commandId, oicpSessionId, sessionId, requestedAt: at }, tx);
      const { until, correlationId } = asked;
      const event: RoamingEvent = {
        type: 'RemoteStopRequested',
        data: { commandId, sessionId, by: `oicp: ${providerId}`, at, until },
      };
      const reason = { causationId: commandId, correlationId };
      await this.messages.publish(event, providerId, reason, tx);
      return commandId;
    });
  }

  async answer(commandId: string, until: Instant): Promise<StopAnswer> {
    const look = async () => (await this.stops.find(commandId))?.answer;
    const answer = await found(look, until, this.clock);
    if (answer !== undefined) return answer;
    return (await this.stops.answer(commandId, 'late', this.clock())) ?? 'late';
  }
}

const stands = ({ answer, requestedAt }: RemoteStopRow, now: Instant): boolean =>
  answer === 'accepted' || (answer === null && millisBetween(requestedAt, now) < FORGOTTEN_MS);
