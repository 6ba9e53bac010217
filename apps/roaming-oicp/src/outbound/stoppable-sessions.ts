import { Inject, Injectable } from '@nestjs/common';
import { type Clock, type Instant } from '@voltledger/kernel';
import { CLOCK } from '@voltledger/platform';
import { Authorizations } from '../projections/authorizations';
import { ChargeRecords } from '../projections/charge-records';
import { RemoteStarts } from '../projections/remote-starts';
import { type FoundSession, Sessions } from '../projections/sessions';
import { found } from './waiting';

/** Sessions by Hubject's id, as far as Hubject may still ask for them. */
@Injectable()
export class StoppableSessions {
  constructor(
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(RemoteStarts) private readonly starts: RemoteStarts,
    @Inject(Authorizations) private readonly authorizations: Authorizations,
    @Inject(ChargeRecords) private readonly records: ChargeRecords,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Nothing when Hubject has closed the session with its CDR, or never opened it. One that was
   * allowed just now may still be on its way from the station: it is waited for.
   */
  async find(oicpSessionId: string, until: Instant): Promise<FoundSession | undefined> {
    if (await this.records.isClosed(oicpSessionId)) return undefined;
    const session = await this.sessions.byOicpSession(oicpSessionId);
    if (session || !(await this.isExpected(oicpSessionId))) return session;
    return found(() => this.sessions.byOicpSession(oicpSessionId), until, this.clock);
  }

  private async isExpected(oicpSessionId: string): Promise<boolean> {
    const start = await this.starts.find(oicpSessionId);
    if (start) return start.answer === 'accepted';
    return this.authorizations.isGranted(oicpSessionId);
  }
}
