import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type VendorDataAnswer } from '@voltledger/ocpp';
import { type ReceivedReport } from './received-report';

/** A vendor's extension. We know none, and say so in a result, never an error (OCPP-J-DT-01). */
export class AnswerVendorData extends Command<VendorDataAnswer> {
  constructor(readonly received: ReceivedReport<'vendorData'>) {
    super();
  }
}

@CommandHandler(AnswerVendorData)
export class AnswerVendorDataHandler implements ICommandHandler<AnswerVendorData> {
  execute(): Promise<VendorDataAnswer> {
    return Promise.resolve({ status: 'unknown vendor' });
  }
}
