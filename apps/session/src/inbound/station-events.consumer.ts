import { CommandBus } from '@nestjs/cqrs';
import { type StationEvent, type StationEventEnvelope, stationEvents } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { AuthorizeToken } from '../commands/authorize-token';
import { NoteStatus } from '../commands/note-status';
import { RecordCommandAnswer } from '../commands/record-command-answer';
import { TakeOpenReports } from '../commands/take-open-reports';
import { TakeReport } from '../commands/take-report';
import { keepOrphan } from '../tables/orphan-ends';
import { causeOf } from './cause-of';
import { RegionFence } from './region-fence';

type TransactionEvent = Extract<StationEvent, { type: `Transaction${string}` }>;

/** What stations tell us, in the order they told it. */
@Consumer()
export class StationEventsConsumer implements TopicConsumer {
  readonly subscription = consuming(
    'session.station-events',
    on(stationEvents, (message, tx) => this.receive(message, tx)),
  );

  constructor(
    private readonly commands: CommandBus,
    private readonly fence: RegionFence,
  ) {}

  private async receive(message: StationEventEnvelope, tx: Transaction): Promise<void> {
    const { event } = message;
    await this.fence.check(message, tx);
    if (isReport(event)) return this.report(event, message, tx);
    const cause = causeOf(message);
    switch (event.type) {
      case 'AuthorizationAsked': {
        const { token: presented, at: _at, ...asked } = event.data;
        return this.commands.execute(new AuthorizeToken({ ...asked, presented }, cause));
      }
      case 'CommandAnswered':
        return this.commands.execute(new RecordCommandAnswer(event.data, cause, tx));
      case 'ConnectorStatusReported':
        return this.commands.execute(new NoteStatus(event.data, cause, tx));
      case 'OrphanTransactionEnded': {
        const { id, recordedAt: receivedAt } = message;
        return keepOrphan(tx, { id, receivedAt, report: event.data });
      }
      case 'OpenReportsTold':
        return this.commands.execute(new TakeOpenReports(event.data, cause, tx));
      case 'StationConnected':
      case 'StationDisconnected':
      case 'StationBooted':
        // Neither starts nor ends a session (OCPP-J-CONN-15, OCPP-J-BOOT-05).
        return;
    }
  }

  private report(
    { type, data }: TransactionEvent,
    message: StationEventEnvelope,
    tx: Transaction,
  ): Promise<void> {
    const { authorizationRequestId: askedFor, ...report } = data;
    const told = { kind: KINDS[type], report, ...('reason' in data && { reason: data.reason }) };
    return this.commands.execute(new TakeReport(told, askedFor, causeOf(message), tx));
  }
}

const isReport = (event: StationEvent): event is TransactionEvent => event.type in KINDS;

const KINDS = {
  TransactionStarted: 'started',
  TransactionUpdated: 'updated',
  TransactionEnded: 'ended',
} as const;
