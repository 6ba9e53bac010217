import {
  cdrEvents,
  pushEvents,
  roamingEvents,
  sessionEvents,
  stationEvents,
  tariffEvents,
} from '@voltledger/contracts';
import { type Message, type SessionId, type Transaction } from '@voltledger/kernel';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { cdrStory } from './cdr-story';
import { pushStory, roamingStory } from './partner-story';
import { PROJECTIONS } from './rebuildable';
import { sessionStory } from './session-story';
import { stationStory } from './station-story';
import { type Told } from './story-entry';
import { keepEntry } from './story.table';
import { tariffStory } from './tariff-story';

/**
 * What everybody tells about a session, as one story. It is read from the topics alone, so it is the
 * same in one process and in six.
 */
@Consumer()
export class StoryProjector implements TopicConsumer {
  readonly subscription = consuming(
    PROJECTIONS.story.group,
    on(stationEvents, (message, tx) => keep(message, stationStory(message.event), tx)),
    on(sessionEvents, (message, tx) =>
      keep(message, sessionStory(message.event, message.recordedAt), tx),
    ),
    on(tariffEvents, (message, tx) =>
      keep(message, tariffStory(message.event, message.recordedAt), tx),
    ),
    on(cdrEvents, (message, tx) => keep(message, cdrStory(message.event), tx)),
    on(roamingEvents, (message, tx) => keep(message, roamingStory(message.event), tx)),
    on(pushEvents, (message, tx) => keep(message, pushStory(message.event), tx)),
  );
}

interface Heard extends Omit<Message, 'data' | 'type'> {
  readonly event: { readonly type: string };
}

async function keep(
  { id: messageId, event: { type }, recordedAt, correlationId }: Heard,
  told: (Told & { readonly sessionId: SessionId }) | undefined,
  tx: Transaction,
): Promise<void> {
  if (!told) return;
  const { details = [], facts = {} } = told;
  await keepEntry(tx, { ...told, messageId, type, recordedAt, correlationId, details, facts });
}
