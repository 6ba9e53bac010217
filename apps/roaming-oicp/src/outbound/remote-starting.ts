import { Inject, Injectable } from '@nestjs/common';
import { type Authorization, type EvseStatus } from '@voltledger/contracts';
import { type Clock, type Instant } from '@voltledger/kernel';
import { type RemoteStart, sessionIdKey } from '@voltledger/oicp';
import { CLOCK, DATABASE, type Database, derivedUuid } from '@voltledger/platform';
import { Evses, type KnownEvse } from '../projections/evses';
import { type RemoteStartRow, RemoteStarts, type StartAnswer } from '../projections/remote-starts';
import { RoamingMessages } from '../projections/roaming-messages';
import { found } from './waiting';

/** When the answer is due, and the story the request belongs to. */
export interface Asked {
  readonly until: Instant;
  readonly correlationId: string;
}

/** Passes Hubject's starts on to the session service, and finds what came of them. */
@Injectable()
export class RemoteStarting {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(RoamingMessages) private readonly messages: RoamingMessages,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RemoteStarts) private readonly starts: RemoteStarts,
    @Inject(Evses) private readonly evses: Evses,
  ) {}

  find(oicpSessionId: string): Promise<RemoteStartRow | undefined> {
    return this.starts.find(oicpSessionId);
  }

  /** Once per session of Hubject's, however often it asks (OICP-RMT-06). */
  async ask(request: RemoteStart, evse: KnownEvse, asked: Asked): Promise<void> {
    const startId = startIdOf(request);
    const at = this.clock();
    const authorization = authorizationOf(request);
    const { until, correlationId } = asked;
    const { evseUid, evseId, timeZone } = evse;
    const event = {
      type: 'RemoteStartRequested',
      data: { startId, evseUid, authorization, at, until },
    } as const;
    const reason = { causationId: startId, correlationId };
    await this.database.transaction(async (tx) => {
      const { oicpSessionId } = request;
      const idTag = authorization.token.uid;
      const start = { oicpSessionId, startId, idTag, evseId, timeZone, authorization };
      const isNew = await this.starts.insert({ ...start, requestedAt: at, until }, tx);
      if (isNew) await this.messages.publish(event, evseUid, reason, tx);
    });
  }

  /** The station's answer, or `late` when there is none in time; then nothing changes that any more. */
  async answer({ oicpSessionId }: RemoteStart, until: Instant): Promise<StartAnswer> {
    const look = async () => (await this.starts.find(oicpSessionId))?.answer;
    const answer = await found(look, until, this.clock);
    if (answer !== undefined) return answer;
    return (await this.starts.answer(startIdOf({ oicpSessionId }), 'late', this.clock())) ?? 'late';
  }

  /** What Hubject is told from now on whenever it asks for this session. */
  tell({ oicpSessionId }: RemoteStart, outcome: string): Promise<string> {
    return this.starts.tell(startIdOf({ oicpSessionId }), outcome);
  }

  async statusOf(evseId: string): Promise<EvseStatus> {
    return (await this.evses.find(evseId))?.status ?? 'UNKNOWN';
  }
}

export const startIdOf = ({ oicpSessionId }: Pick<RemoteStart, 'oicpSessionId'>): string =>
  derivedUuid('oicp-remote-start', sessionIdKey(oicpSessionId));

const ID_TAG_DIGITS = 16;

/**
 * The token the station gets: at most 20 characters, the same for the same session, and with letters
 * that no card's UID has (OICP-RMT-07).
 */
const idTagOf = (startId: string): string =>
  `OICP${startId.replaceAll('-', '').slice(-ID_TAG_DIGITS).toUpperCase()}`;

function authorizationOf(request: RemoteStart): Authorization {
  const { oicpSessionId, providerId, empPartnerSessionId, evcoId } = request;
  const startId = startIdOf(request);
  return {
    method: 'COMMAND',
    token: { uid: idTagOf(startId), type: 'APP_USER', contractId: evcoId, issuer: providerId },
    payer: {
      kind: 'oicp',
      oicpSessionId,
      providerId,
      cpoPartnerSessionId: startId,
      ...(empPartnerSessionId !== undefined && { empPartnerSessionId }),
      identification: { kind: 'remote', evcoId },
    },
  };
}
