import { Inject } from '@nestjs/common';
import { sessionEvents, tariffEvents } from '@voltledger/contracts';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { PartnerSessions } from '../projections/partner-sessions';
import { PROJECTIONS } from '../projections/rebuildable';

/** The session's own story, and its price, which comes on another topic. */
@Consumer()
export class PartnerSessionsConsumer implements TopicConsumer {
  constructor(@Inject(PartnerSessions) private readonly sessions: PartnerSessions) {}

  readonly subscription = consuming(
    PROJECTIONS.sessions.group,
    on(sessionEvents, (message, tx) => this.sessions.project(message, tx)),
    on(tariffEvents, (message, tx) => this.sessions.projectRating(message, tx)),
  );
}
