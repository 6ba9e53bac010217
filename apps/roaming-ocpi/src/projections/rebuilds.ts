import { Inject, Injectable } from '@nestjs/common';
import { type MessageBus } from '@voltledger/kernel';
import { DATABASE, type Database, MESSAGE_BUS } from '@voltledger/platform';
import { beginRebuild } from './kept-rows';

/** Each projection with the group that feeds it. */
export const GROUPS = {
  locations: 'roaming-ocpi.partner-locations',
  tariffs: 'roaming-ocpi.partner-tariffs',
  sessions: 'roaming-ocpi.partner-sessions',
  cdrs: 'roaming-ocpi.partner-cdrs',
} as const;

export type Projection = keyof typeof GROUPS;

/** Builds a projection anew from the first message, while the system runs, and sends nothing. */
@Injectable()
export class Rebuilds {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(MESSAGE_BUS) private readonly bus: MessageBus,
  ) {}

  async begin(projection: Projection): Promise<void> {
    await this.database.transaction(async (tx) => {
      // CDRs never change, so theirs are only written again.
      if (projection !== 'cdrs') await beginRebuild(`roaming_ocpi.partner_${projection}`, tx);
      await this.bus.rewind(GROUPS[projection], tx);
    });
  }
}
