import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CdrEvent } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { keepRerated } from '../tables/past-sessions';
import { keepSteps } from '../tables/rerated-sessions';

export type ReratingAnswer = Extract<CdrEvent, { type: 'CdrIssued' | 'ReratingRefused' }>;

/** What billing made of one session of a re-rating. */
export class AnswerRerating extends Command<void> {
  constructor(
    readonly reratingId: string,
    readonly answer: ReratingAnswer,
    readonly tx: Transaction,
  ) {
    super();
  }
}

@CommandHandler(AnswerRerating)
export class AnswerReratingHandler implements ICommandHandler<AnswerRerating> {
  async execute({ reratingId, answer, tx }: AnswerRerating): Promise<void> {
    if (answer.type === 'ReratingRefused') {
      const { sessionId, code, detail } = answer.data;
      await keepSteps(tx, reratingId, [
        { sessionId, progress: 'refused', answer: { code, detail } },
      ]);
      return;
    }
    const { cdr } = answer.data;
    const reissued = { cdrId: cdr.cdrId, replaces: cdr.replaces };
    await keepSteps(tx, reratingId, [
      { sessionId: cdr.sessionId, progress: 'reissued', answer: reissued },
    ]);
    await keepRerated(tx, cdr.sessionId, cdr.tariffHash, cdr.costs);
  }
}
