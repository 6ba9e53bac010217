import { CommandBus } from '@nestjs/cqrs';
import { cellEvents } from '@voltledger/contracts';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { NoteHome } from '../commands/move-station';

/** Where stations are at home, whichever cell said so. */
@Consumer()
export class CellEventsConsumer implements TopicConsumer {
  readonly subscription = consuming(
    'ocpp-gateway.station-homes',
    on(cellEvents, ({ event }) => this.commands.execute(new NoteHome(event.data))),
  );

  constructor(private readonly commands: CommandBus) {}
}
