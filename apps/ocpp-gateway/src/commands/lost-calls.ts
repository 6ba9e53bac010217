import { Injectable } from '@nestjs/common';
import { type Transaction } from '@voltledger/kernel';
import { endLostCalls } from '../outbound/calls-table';
import { ThisGateway } from '../outbound/this-gateway';
import { CommandAnswers } from './command-answers';

/** Calls of a gateway that was killed: whoever waits for them learns that nobody knows. */
@Injectable()
export class LostCalls {
  constructor(
    private readonly gateway: ThisGateway,
    private readonly answers: CommandAnswers,
  ) {}

  async end(tx: Transaction, instance: string): Promise<void> {
    for (const { stationId, commandId } of await endLostCalls(tx, instance, this.gateway.now()))
      if (commandId !== null)
        await this.answers.publish({ stationId, commandId }, { outcome: 'unknown' }, commandId, tx);
  }
}
