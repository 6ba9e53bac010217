import { Inject, Injectable } from '@nestjs/common';
import { type BackgroundWork, REPORTS, type Reports } from '@voltledger/platform';

/** Work on calls that nobody awaits; a process that ends waits for it. */
@Injectable()
export class CallsUnderWay {
  private readonly works = new Set<Promise<void>>();

  constructor(@Inject(REPORTS) private readonly reports: Reports) {}

  /** What fails is reported as `about`. */
  add(work: Promise<void>, about: BackgroundWork): void {
    const watched = work.catch((error: unknown) => {
      this.reports.report(error, about);
    });
    this.works.add(watched);
    void watched.finally(() => this.works.delete(watched));
  }

  async settled(): Promise<void> {
    await Promise.all(this.works);
  }
}
