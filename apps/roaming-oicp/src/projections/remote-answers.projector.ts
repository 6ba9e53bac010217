import { Inject } from '@nestjs/common';
import { type SessionEventEnvelope, sessionEvents } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { RemoteStarts } from './remote-starts';
import { RemoteStops } from './remote-stops';
import { UnkeptStarts } from './unkept-starts';

/**
 * Writes down what stations answered to Hubject's requests. Whoever waits for an answer finds it in
 * its row: on whichever instance it waits, and after a restart too.
 */
@Consumer()
export class RemoteAnswersProjector implements TopicConsumer {
  readonly subscription = consuming(
    'roaming-oicp.remote-answers',
    on(sessionEvents, (message, tx) => this.project(message, tx)),
  );

  constructor(
    @Inject(RemoteStarts) private readonly starts: RemoteStarts,
    @Inject(RemoteStops) private readonly stops: RemoteStops,
    @Inject(UnkeptStarts) private readonly unkept: UnkeptStarts,
  ) {}

  private async project(message: SessionEventEnvelope, tx: Transaction): Promise<void> {
    const { event } = message;
    if (event.type === 'StartAccepted')
      await this.starts.answer(event.data.startId, 'accepted', event.data.at, tx);
    if (event.type === 'StartRefused')
      await this.starts.answer(event.data.startId, event.data.reason, event.data.at, tx);
    if (event.type === 'StopAnswered')
      await this.stops.answer(event.data.commandId, event.data.outcome, event.data.at, tx);
    if (event.type === 'StartExpired') await this.unkept.giveUp(event.data.startId, message, tx);
    if (event.type === 'SessionStarted') await this.unkept.stopUnwanted(event.data, message, tx);
  }
}
