import { Injectable } from '@nestjs/common';
import { type Command, CommandBus } from '@nestjs/cqrs';
import { type AnyInbound, type Exchange, type Exchanges, type Inbound } from '@voltledger/ocpp';
import { AnswerBoot } from '../commands/answer-boot';
import { AnswerHeartbeat } from '../commands/answer-heartbeat';
import { AnswerVendorData } from '../commands/answer-vendor-data';
import { AuthorizeToken } from '../commands/authorize-token';
import { KeepNotice } from '../commands/keep-notice';
import { type ReceivedReport } from '../commands/received-report';
import { RecordMeterValues } from '../commands/record-meter-values';
import { RecordStatuses } from '../commands/record-status';
import { RecordTransaction } from '../commands/record-transaction';

type Commands = {
  readonly [Kind in Exchange]: (
    received: ReceivedReport<Kind>,
  ) => Command<Exchanges[Kind]['answer']>;
};

/** Which command a report becomes. */
const commands: Commands = {
  boot: (received) => new AnswerBoot(received),
  heartbeat: (received) => new AnswerHeartbeat(received),
  status: ({ stationId, report, arrivedAt }) => new RecordStatuses(stationId, [report], arrivedAt),
  authorize: (received) => new AuthorizeToken(received),
  transaction: (received) => new RecordTransaction(received),
  meterValues: (received) => new RecordMeterValues(received),
  notice: (received) => new KeepNotice(received),
  vendorData: (received) => new AnswerVendorData(received),
};

/** What a call brought, before it is read. */
export type Unread = Omit<ReceivedReport<Exchange>, 'report'>;

/** Takes a payload that passed its schema through mapping, command and mapping back. */
@Injectable()
export class ReportDispatch {
  constructor(private readonly bus: CommandBus) {}

  /** @throws RpcFault when the mapping refuses the report. */
  answer(inbound: AnyInbound, unread: Unread): Promise<object> {
    // Each kind pairs its own report and answer: the union only hides that from the compiler.
    return this.exchange(inbound as Inbound, unread);
  }

  private async exchange<Kind extends Exchange>(
    { kind, read, write }: Inbound<Kind>,
    unread: Unread,
  ): Promise<object> {
    const received = { ...unread, report: read(unread.payload) };
    const answer = await this.bus.execute<Exchanges[Kind]['answer']>(commands[kind](received));
    return write(answer);
  }
}
