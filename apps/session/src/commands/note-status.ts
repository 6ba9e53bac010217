import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type StationEvent } from '@voltledger/contracts';
import { type Cause, type Transaction } from '@voltledger/kernel';
import { markAvailability, openAt } from '../tables/open-sessions';
import { Streams } from './streams';

type Status = Extract<StationEvent, { type: 'ConnectorStatusReported' }>['data'];

/** What a connector says may tell how its session goes, or that it lost its end. */
export class NoteStatus extends Command<void> {
  constructor(
    readonly status: Status,
    readonly cause: Cause,
    readonly tx: Transaction,
  ) {
    super();
  }
}

@CommandHandler(NoteStatus)
export class NoteStatusHandler implements ICommandHandler<NoteStatus> {
  constructor(private readonly streams: Streams) {}

  async execute({ status, cause, tx }: NoteStatus): Promise<void> {
    const { stationId, stationEvse, chargingState, at } = status;
    if (stationEvse === 0) return;
    await markAvailability(tx, { stationId, stationEvse }, status.status === 'AVAILABLE', at);
    if (!chargingState) return;
    const sessionId = await openAt(tx, stationId, stationEvse);
    if (!sessionId) return;
    const change = { sessionId, state: chargingState, at };
    await this.streams.session({ type: 'ChangeChargingState', ...change }, cause);
  }
}
