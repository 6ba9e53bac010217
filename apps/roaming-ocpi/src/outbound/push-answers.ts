import { Inject, Injectable } from '@nestjs/common';
import { type Transaction } from '@voltledger/kernel';
import { type Delivery, type Push } from '@voltledger/platform';
import { CdrAnswers } from './cdr-answers';
import { type PushPayload } from './delivering';
import { SessionNews } from './session-news';

/** What follows from a partner's answer, besides that it is kept. */
@Injectable()
export class PushAnswers {
  constructor(
    @Inject(CdrAnswers) private readonly cdrAnswers: CdrAnswers,
    @Inject(SessionNews) private readonly sessionNews: SessionNews,
  ) {}

  keep(push: Push, delivery: Delivery, tx: Transaction): Promise<void> {
    return push.kind === 'cdr'
      ? this.cdrAnswers.keep(push, push.payload as PushPayload<'cdr'>, delivery, tx)
      : this.sessionNews.publish(push, delivery, tx);
  }
}
