import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Clock, type Instant } from '@voltledger/kernel';
import { CLOCK } from '@voltledger/platform';
import { toldTheTime } from '../domain/station-clock';
import { LiveStations } from '../outbound/live-stations';
import { type ReceivedReport } from './received-report';

/** A station shows that it lives, and sets its clock. */
export class AnswerHeartbeat extends Command<{ readonly now: Instant }> {
  constructor(readonly received: ReceivedReport<'heartbeat'>) {
    super();
  }
}

@CommandHandler(AnswerHeartbeat)
export class AnswerHeartbeatHandler implements ICommandHandler<AnswerHeartbeat> {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly live: LiveStations,
  ) {}

  execute({ received }: AnswerHeartbeat): Promise<{ readonly now: Instant }> {
    const live = this.live.require(received.stationId);
    live.clock = toldTheTime(live.clock);
    return Promise.resolve({ now: this.clock() });
  }
}
